"""Documents of a case: those that may be made now, those that were, and the file of one.

Serves: R105 R109.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.domain.access.selectors import Actor
from linli.domain.cases.models import Case, Document
from linli.domain.cases.selectors.detail import case_for, items_of
from linli.domain.cases.selectors.document_words import known_answers
from linli.domain.catalogue.selectors import DocumentDef, FieldDef
from linli.domain.catalogue.selectors.templates import TemplateDef, template_of
from linli.kernel.documents.typesetting import Words, typeset
from linli.kernel.documents.word_form import fill
from linli.kernel.errors import NotFound

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class DocumentFile:
    """A finished file; its name is of ASCII letters, `title` for people."""

    name: str
    title: str
    kind: str
    data: bytes


def documents_offered(case: Case) -> list[DocumentDef]:
    """Return the documents that the present stage of a case brings forth."""
    listed = case.standard.definition.documents
    return [one for one in listed if case.status == "open" and case.stage in one.stages]


def documents_of(case: Case) -> list[Document]:
    """Return the documents that were made of a case in reach, newest first."""
    return list(Document.objects.filter(case=case).order_by("-made_at", "-id"))


def document_for(actor: Actor, ref: str, document: str) -> tuple[Case, Document]:
    """Return a document of a case that the actor may see. Raises NotFound."""
    case = case_for(actor, ref)
    rows = Document.objects.filter(case=case, public_id=document)
    found = rows.first() if document.isalnum() else None
    if found is None:
        raise NotFound
    found.case = case
    return case, found


def document_title(document: Document) -> tuple[str, str]:
    """Return what a document is called, in Chinese and English."""
    known = document.case.standard.definition.document(document.code)
    return (known.name, known.name_en) if known else (document.code, document.code)


def fields_asked(case: Case, document: DocumentDef) -> list[FieldDef]:
    """Return what must be filled in for a document, each under the name that its words get.

    What the document asks of itself comes first; then fields of the standard's forms that its
    template names and nobody has answered yet, which may be left for the pen.
    """
    own = [field.model_copy(update={"code": f"asked.{field.code}"}) for field in document.asks]
    template = template_of(case.standard, document.template)
    known = known_answers(items_of(case))
    named = sorted(template.names) if template else []
    codes = [name.removeprefix("answers.") for name in named if name.startswith("answers.")]
    found = (case.standard.definition.field(code) for code in codes if code not in known)
    change = {"required": False}
    return own + [
        field.model_copy(update={**change, "code": f"answers.{field.code}"})
        for field in found
        if field is not None
    ]


def document_file(document: Document, *, reporter: Mapping[str, str], mark: str) -> DocumentFile:
    """Return the file of a document, with what was opened of the reporter.

    Parameters
    ----------
    reporter : `reporter.name` and `reporter.phone`; what is missing is left for the pen.
    mark : who fetches it and when, printed small on it.

    Raises NotFound where its words were deleted, TemplateFailed, NoChineseFont, DocumentsBusy.
    """
    template = template_of(document.case.standard, document.template)
    if template is None or not document.words:
        raise NotFound
    texts = {**document.words["texts"], **reporter}
    made = made_from(template, Words(texts, document.words["rows"], mark))
    is_pdf = template.text is not None
    name = f"{document.case.number}-{document.code}.{'pdf' if is_pdf else 'docx'}"
    title, _ = document_title(document)
    return DocumentFile(name, title, PDF if is_pdf else DOCX, made)


def made_from(template: TemplateDef, words: Words) -> bytes:
    """Return a template with words in it. Raises TemplateFailed, NoChineseFont, DocumentsBusy."""
    if template.text is not None:
        return typeset(template.text, words, name=template.template)
    return fill(template.data, words, name=template.template)
