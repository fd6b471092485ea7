"""The pages on which administrators change a pack: its parts, each part, and putting it in force.

Serves: R014.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.domain.access.services import require_act
from linli.domain.catalogue.selectors import packs_in_force
from linli.domain.catalogue.selectors.drafts import (
    KEYS,
    SHAPES,
    PackDraft,
    draft_by_ref,
    draft_entry,
    drafts,
)
from linli.domain.catalogue.services import (
    begin_draft,
    begin_pack,
    changes_in,
    decide_draft,
    drop_draft,
    faults_of,
    propose_draft,
    put_entry,
)
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, NotFound
from linli.web.desk.drafting.forms import NodeForm
from linli.web.desk.drafting.nodes import Node, moved_up, node_at, with_value
from linli.web.desk.drafting.options import options_of
from linli.web.desk.drafting.parts import (
    Below,
    areas_of,
    nearest,
    part_url,
    parts_of,
    trail_of,
)
from linli.web.desk.drafting.slots import slots_of
from linli.web.desk.drafting.starting import new_entry
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm

ACT = "catalogue.publish"
Plain = Any


class PackForm(LinliForm):
    """A pack of one's own."""

    code = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$", label=gettext_lazy("标准包代码"), max_length=64,
        help_text=gettext_lazy("小写英文字母、数字和连字符，发布后不改"),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    title_en = forms.CharField(label=gettext_lazy("名称（英文）"), max_length=200)


class WhyForm(LinliForm):
    """Why it is changed."""

    why = forms.CharField(label=gettext_lazy("修改的理由和依据"), widget=forms.Textarea)


class DecisionForm(LinliForm):
    """A second person's decision."""

    granted = forms.ChoiceField(
        label=gettext_lazy("决定"),
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("同意，生效")), ("no", gettext_lazy("不同意，退回修改"))],
    )
    reason = forms.CharField(label=gettext_lazy("理由"), widget=forms.Textarea)


@staff_page
@require_http_methods(["GET", "POST"])
def drafts_page(request: HttpRequest) -> HttpResponse:
    """The packs in force, the drafts being worked on, and the form of a pack of one's own."""
    actor, now = actor_of(request), utc_now()
    require_act(actor, ACT)
    form, error = PackForm(request.POST if "title" in request.POST else None), ""
    try:
        if "pack" in request.POST:
            begun = begin_draft(request.POST["pack"], actor=actor, at=now)
            return redirect("desk:draft", begun.public_id)
        if form.is_bound and form.is_valid():
            said = form.cleaned_data
            begun = begin_pack(
                said["code"], title=said["title"], title_en=said["title_en"],
                valid_from=_today(), actor=actor, at=now,
            )  # fmt: skip
            return redirect("desk:draft", begun.public_id)
    except LinliError as refused:
        error = refused.message(get_language() or "")
    shown = {"packs": packs_in_force(), "drafts": drafts(), "form": form, "error": error}
    return render(request, "desk/drafts.html", shown, status=422 if error or form.errors else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def draft_page(request: HttpRequest, ref: str) -> HttpResponse:
    """A draft: its parts, what is wrong, what would change, and who puts it in force."""
    actor = actor_of(request)
    require_act(actor, ACT)
    draft = draft_by_ref(ref)
    why = WhyForm(request.POST if "why" in request.POST else None)
    decision = DecisionForm(request.POST if "granted" in request.POST else None)
    error = ""
    if request.method == "POST":
        try:
            if went := _acted(request, draft, why, decision):
                return redirect(went)
        except LinliError as refused:
            error = refused.message(get_language() or "")
    draft = draft_by_ref(ref)
    lang = get_language() or ""
    shown = {
        "draft": draft,
        "areas": areas_of(draft),
        "faults": [(_fault_url(draft, one), one.problem.message(lang)) for one in faults_of(draft)],
        "changes": [change.text(lang) for change in changes_in(draft)],
        "why": why,
        "decision": decision,
        "error": error,
        "may_decide": actor.user_id not in draft.hands,
        "is_open": draft.state == "open",
    }
    status = 422 if error or why.errors or decision.errors else 200
    return render(request, "desk/draft.html", shown, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def entry_page(request: HttpRequest, ref: str, area: str, code: str) -> HttpResponse:
    """One part of an entry of a draft: its form, and the parts below it."""
    actor = actor_of(request)
    require_act(actor, ACT)
    draft = draft_by_ref(ref)
    entry = draft_entry(draft, area, code) if area in SHAPES else None
    if not isinstance(entry, dict):
        raise NotFound
    at = request.GET.get("at", "")
    node = node_at(SHAPES[area], entry, at.split(".") if at else [])
    own = KEYS[area] if not node.steps else ""
    form = NodeForm(
        request.POST if "save" in request.POST else None,
        node=node, options=options_of(draft, entry), own=own,
    )  # fmt: skip
    below, error = parts_of(draft, area, code, node), ""
    if request.method == "POST" and draft.state == "open":
        try:
            went = _changed(request, draft, (area, code), entry, node, form, below)
            if went is not None:
                return redirect(went)
        except LinliError as refused:
            error = refused.message(get_language() or "")
    shown = {
        "draft": draft,
        "form": form,
        "groups": form.groups(),
        "trail": trail_of(draft, area, code, entry, node),
        "parts": below,
        "faults": _faults_here(draft, area, code, node),
        "error": error,
        "is_open": draft.state == "open",
        "seen": draft.seq,
    }
    return render(
        request, "desk/draft_part.html", shown, status=422 if error or form.errors else 200
    )


def _acted(
    request: HttpRequest, draft: PackDraft, why: WhyForm, decision: DecisionForm
) -> str | None:
    """Carry out what a button of the draft's page asks; returns where to go."""
    actor, now, ref = actor_of(request), utc_now(), draft.public_id
    here = reverse("desk:draft", args=[ref])
    if why.is_bound and why.is_valid():
        propose_draft(ref, why=why.cleaned_data["why"], actor=actor, at=now)
        return here
    if decision.is_bound and decision.is_valid():
        said = decision.cleaned_data
        granted = said["granted"] == "yes"
        decide_draft(ref, granted=granted, reason=said["reason"], actor=actor, at=now)
        return here
    if "drop" in request.POST:
        drop_draft(ref, actor=actor, at=now)
        return reverse("desk:drafts")
    if "area" in request.POST:
        return _added(request, draft)
    return None


def _added(request: HttpRequest, draft: PackDraft) -> str:
    area, code = request.POST["area"], request.POST.get("code", "").strip()
    if area not in SHAPES or not code or (area == "years" and not code.isdecimal()):
        raise NotFound
    if draft_entry(draft, area, code) is None:
        put_entry(
            draft.public_id, area=area, code=code, entry=new_entry(area, code, _today()),
            seen=draft.seq, actor=actor_of(request), at=utc_now(),
        )  # fmt: skip
    return reverse("desk:draft-entry", args=[draft.public_id, area, code])


def _changed(
    request: HttpRequest,
    draft: PackDraft,
    named: tuple[str, str],
    entry: dict[str, Plain],
    node: Node,
    form: NodeForm,
    below: Sequence[Below],
) -> str | None:
    """Carry out what a button asks of a part; returns where to go, None for a faulty form."""
    area, code = named
    go, said = list(node.steps), request.POST
    new: Plain = None
    if form.is_bound:
        if not form.is_valid():
            return None
        new = with_value(entry, node.steps, form.value())
    elif "add" in said:
        go += _new_steps(node, said["add"], said.get("name", ""))
        new = with_value(entry, go, {})
    elif "remove" in said:
        new = with_value(entry, [*node.steps, *_named(below, said["remove"])], None)
    elif "up" in said:
        new = moved_up(entry, [*node.steps, *_named(below, said["up"], is_ordered=True)])
    else:
        raise NotFound
    seen = said.get("seen", "")
    put_entry(
        draft.public_id, area=area, code=code, entry=new,
        seen=int(seen) if seen.isdecimal() else -1, actor=actor_of(request), at=utc_now(),
    )  # fmt: skip
    return part_url(draft, area, code, go)


def _named(below: Sequence[Below], mark: str, *, is_ordered: bool = False) -> list[str]:
    """The steps to a part that a button named. Raises NotFound for one that is not offered."""
    lists = (one for one in below if one.is_ordered or not is_ordered)
    if not any(part.mark == mark for one in lists for part in one.parts):
        raise NotFound
    return mark.split(".")


def _new_steps(node: Node, slot: str, name: str) -> list[str]:
    """The steps to a part that is about to be added below a node. Raises NotFound."""
    kind = next((one.kind for one in slots_of(node.shape) if one.name == slot), "")
    held = node.value.get(slot)
    if kind == "list":
        return [slot, str(len(held) if isinstance(held, list) else 0)]
    if kind == "map" and name and "." not in name:
        return [slot, name]
    if kind != "node":
        raise NotFound
    return [slot]


def _faults_here(draft: PackDraft, area: str, code: str, node: Node) -> list[tuple[str, str]]:
    lang, depth = get_language() or "", len(node.steps)
    return [
        (_fault_url(draft, one), one.problem.message(lang))
        for one in faults_of(draft)
        if (one.area, one.code) == (area, code) and one.steps[:depth] == node.steps
    ]


def _fault_url(draft: PackDraft, found: Plain) -> str:
    if not found.area:
        return ""
    return part_url(draft, found.area, found.code, nearest(SHAPES[found.area], found.steps))


def _today() -> str:
    return timezone.localdate().isoformat()
