"""Many records from a file: looked through first, told row by row, then all of it or nothing.

Between the two steps the file stays with whoever sent it: the page carries it, packed, and the
second step looks through it anew. Nothing of it lies half-way on this machine.

Serves: R017 R081.
"""

import base64
import binascii
import gzip
import zlib
from io import BytesIO

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_GET, require_http_methods

from linli.domain.ledgers.services import Imported, ImportPlan, import_records, plan_import
from linli.kernel.errors import LinliError, NotFound, Rejected, RejectedTogether
from linli.kernel.ids import public_id
from linli.web.desk.ledgers.base import Opened, label_of, language, opened
from linli.web.desk.ledgers.exports import csv_of, file_answer
from linli.web.desk.ledgers.offering import units_within
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import name_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.parts import Column, Row

ACT = "ledger.import"
MOST_FILE = 8 * 1024 * 1024  # bytes, unpacked or not; 5,000 rows of a wide ledger have 3 MB
SHEET = b"PK"
PLANNED = noop("文件没有问题：将新增 %(added)s 条，更改 %(changed)s 条，%(same)s 条没有变化。")
DONE = noop("已导入：新增 %(added)s 条，更改 %(changed)s 条，%(same)s 条没有变化。")


class FileForm(LinliForm):
    """The file, and for which unit its records are kept."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("CSV、XLSX、XLS 或 ODS，第一行是字段名；一次最多 5,000 行"),
    )
    unit = forms.ChoiceField(label=gettext_lazy("管理单位"), required=False)

    def __init__(self, *args: object, opened: Opened, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        if opened.ledger.unit_field:
            del self.fields["unit"]
        elif isinstance(unit, forms.ChoiceField):
            unit.choices = [("", _("本人岗位所在单位或区域")), *units_within(opened, ACT)]


class SureForm(LinliForm):
    """The file as the first step packed it, and the key that makes a repeat harmless."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    packed = forms.CharField(widget=forms.HiddenInput)
    unit = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


@staff_page
@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a file, see what it would do, and let it be done."""
    held = opened(request, code, act=ACT)
    if not held.may_import:
        raise NotFound
    if request.method == "POST" and "packed" in request.POST:
        return _sure(request, held)
    form = FileForm(request.POST or None, request.FILES or None, opened=held)
    context: dict[str, object] = {"opened": held, "form": form}
    if request.method == "POST" and form.is_valid():
        data, unit = (
            form.cleaned_data["file"].read(MOST_FILE + 1),
            form.cleaned_data.get("unit", ""),
        )
        try:
            context |= _planned(held, data, unit)
        except LinliError as error:
            form.refuse(error, "file")
    status = 422 if form.errors or context.get("faults") else 200
    return render(request, "desk/ledgers/import.html", context, status=status)


@staff_page
@require_GET
def template_file(request: HttpRequest, code: str) -> HttpResponse:
    """An empty file with the ledger's columns, to be filled in; CSV or XLSX."""
    held = opened(request, code, act=ACT)
    if not held.may_import:
        raise NotFound
    head = [_("编号"), *(name_of(field) for field in held.ledger.filled if field.kind != "file")]
    return file_answer(csv_of([head]), f"{code}-template.csv")


def _sure(request: HttpRequest, held: Opened) -> HttpResponse:
    """The second step: the same file again, all of it or nothing."""
    sure = SureForm(request.POST)
    context: dict[str, object] = {"opened": held, "form": FileForm(opened=held)}
    if not sure.is_valid():
        raise _unread()
    said = sure.cleaned_data
    try:
        done = _imported(held, _unpacked(said["packed"]), said["unit"], said["key"])
        context["done"] = _done_words(done)
    except RejectedTogether as error:
        context |= _faults(held, error.faults)
    except LinliError as error:
        context |= _faults(held, [error])
    status = 422 if "faults" in context else 200
    return render(request, "desk/ledgers/import.html", context, status=status)


def _planned(held: Opened, data: bytes, unit: str) -> dict[str, object]:
    if len(data) > MOST_FILE:
        raise Rejected(
            "文件超过 8 MB，没有读入。请分成几个文件。",
            "The file is larger than 8 MB and was not read. Part it into several.",
        )
    plan: ImportPlan = plan_import(
        held.code, BytesIO(data), unit=unit, actor=held.actor, at=held.at
    )
    if plan.faults:
        return _faults(held, plan.faults)
    first = {"key": public_id(), "packed": _packed(data), "unit": unit}
    return {"planned": _counts(PLANNED, plan), "sure": SureForm(initial=first)}


def _done_words(done: Imported) -> str:
    if done.is_repeat:
        return _("这个文件刚才已经导入，没有再导一次。")
    return _counts(DONE, done)


def _counts(words: str, told: ImportPlan | Imported) -> str:
    return _(words) % {"added": told.added, "changed": told.changed, "same": told.same}


def _imported(held: Opened, data: bytes, unit: str, key: str) -> Imported:
    return import_records(
        held.code, BytesIO(data), unit=unit, actor=held.actor, at=held.at, key=f"desk:{key}"
    )


def _faults(held: Opened, faults: list[LinliError] | tuple[LinliError, ...]) -> dict[str, object]:
    """The faults of a file, each by row and column."""
    return {
        "faults": [
            Row([fault.row or "--", _column(held, fault.field), fault.message(language())])
            for fault in faults
        ],
        "fault_columns": [Column(_("行")), Column(_("列")), Column(_("问题"))],
    }


def _column(held: Opened, code: str | None) -> str:
    field = held.ledger.field(code or "")
    if field is not None:
        return label_of(field)
    return {"number": _("编号"), "unit": _("管理单位"), "area": _("区域")}.get(code or "", "--")


def _packed(data: bytes) -> str:
    """Pack a file into a form; spreadsheets are packed already."""
    is_packed = data.startswith((SHEET, b"\x1f\x8b"))
    return base64.b64encode(data if is_packed else gzip.compress(data, 6)).decode()


def _unpacked(text: str) -> bytes:
    """Take a file out of a form again; what the first step did not write is refused."""
    try:
        data = base64.b64decode(text, validate=True)
        if not data.startswith(b"\x1f\x8b"):
            return data
        stream = zlib.decompressobj(wbits=31)
        found = stream.decompress(data, MOST_FILE + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise _unread() from None
    if len(found) > MOST_FILE:
        raise _unread()
    return found


def _unread() -> Rejected:
    return Rejected(
        "确认页面已失效，没有导入。请重新选择文件。",
        "The page to confirm is no longer good, so nothing was imported. Choose the file again.",
    )
