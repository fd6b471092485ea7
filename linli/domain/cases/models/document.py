"""What was made from a template: which one, and the words that went into it."""

from typing import ClassVar

from django.db import models

from linli.domain.cases.models.case import Case


class Document(models.Model):
    """A document as it was made; it is set anew from these words each time somebody fetches it.

    `words` holds `texts` and `rows` as `kernel.documents` takes them, but nothing of the vault:
    where `names_reporter`, name and telephone are opened for whoever fetches it, with a reason.
    `sha256` is of template and words; `code` and `template` are those of the case's standard.
    """

    public_id = models.CharField(max_length=26, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    code = models.CharField(max_length=64)
    template = models.CharField(max_length=64)
    template_sha256 = models.CharField(max_length=64)
    words = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    names_reporter = models.BooleanField(default=False)
    stage = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=128)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-made_at"], name="document_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.public_id}"
