"""Working on the next version of a pack, and putting it in force by two persons.

Serves: R014.
"""

from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.audit.services import record
from linli.domain.catalogue.errors import NoSuchPack
from linli.domain.catalogue.events import (
    DraftBegun,
    DraftChanged,
    DraftDecided,
    DraftDropped,
    DraftProposed,
)
from linli.domain.catalogue.models import Pack, PackDraft
from linli.domain.catalogue.rules.bodies import sha256_of
from linli.domain.catalogue.rules.changes import Change, changes_between
from linli.domain.catalogue.rules.content import Json
from linli.domain.catalogue.rules.drafting import (
    KEYS,
    blank,
    entry_of,
    files_of,
    next_version,
    with_entry,
    without_entry,
)
from linli.domain.catalogue.rules.loader import load_pack
from linli.domain.catalogue.rules.yaml_tree import MOST_BYTES, Plain
from linli.domain.catalogue.services.checking import PackReport, known_beside, refusal
from linli.domain.catalogue.services.publishing import lock_publishing, put_in_force
from linli.kernel.clock import require_aware
from linli.kernel.errors import NotFound, NotPermitted, Rejected, WrongState
from linli.kernel.ids import public_id

ACT = "catalogue.publish"
VERSIONED = ("standards", "ledgers")


@transaction.atomic
def begin_draft(pack: str, *, actor: Actor, at: datetime) -> PackDraft:
    """Begin to work on the next version of a pack in force; one at a time.

    Records DraftBegun. Raises NotPermitted, NoSuchPack, WrongState where somebody works on it.
    """
    require_act(actor, ACT)
    base = Pack.objects.filter(code=pack, status=Pack.Status.PUBLISHED).first()
    if base is None:
        raise NoSuchPack(pack)
    head = {**base.content["pack"], "version": next_version(base.version)}
    return _begun(pack, {**base.content, "pack": head}, base.version, actor=actor, at=at)


@transaction.atomic
def begin_pack(
    pack: str, *, title: str, title_en: str, valid_from: str, actor: Actor, at: datetime
) -> PackDraft:
    """Begin a pack of one's own, from nothing. Records DraftBegun.

    Raises NotPermitted, WrongState where a pack of this code is in force or being worked on.
    """
    require_act(actor, ACT)
    if Pack.objects.filter(code=pack).exists():
        raise WrongState(
            f"标准包“{pack}”已经存在。请在它上面修改，或另取代码。",
            f"A pack {pack} exists already. Change that one, or choose another code.",
        )
    content = blank(pack, title=title, title_en=title_en, valid_from=valid_from)
    return _begun(pack, content, "", actor=actor, at=at)


@transaction.atomic
def put_entry(
    ref: str, *, area: str, code: str, entry: Plain, seen: int, actor: Actor, at: datetime
) -> PackDraft:
    """Write an entry of a draft: a standard, matter, source, parameter, year, ledger.

    Parameters
    ----------
    area : a key of `KEYS`. entry : as its file would say it; None takes it out.
    seen : the draft's `seq` that the person looked at.

    What is written may be faulty: that shows in the report, and keeps it from being proposed.
    Records DraftChanged. Raises NotPermitted, NotFound, WrongState, Rejected.
    """
    draft = _open_draft(ref, actor)
    if draft.seq != seen:
        raise WrongState(
            "这份草稿刚刚被别人改过，您的修改没有保存。请刷新后再改。",
            "Somebody else has just changed this draft, so yours was not saved. Reload and redo.",
        )
    if area not in KEYS:
        raise Rejected(f"不能这样修改“{area}”。", f"{area} cannot be edited so.", field="area")
    content = draft.content
    if entry is None:
        content = without_entry(content, area, code)
    else:
        content = with_entry(content, area, code, _numbered(draft, area, code, entry))
    _require_small(content)
    draft.content, draft.seq, draft.changed_at = content, draft.seq + 1, require_aware(at)
    if actor.user_id is not None and actor.user_id not in draft.hands:
        draft.hands = [*draft.hands, actor.user_id]
    draft.save(update_fields=["content", "seq", "changed_at", "hands"])
    fact = DraftChanged(ref, draft.pack_code, area, code, entry is None)
    record(fact, actor=actor, at=at)
    return draft


@transaction.atomic
def propose_draft(ref: str, *, why: str, actor: Actor, at: datetime) -> PackDraft:
    """Hand a sound draft to a second person. Records DraftProposed.

    Raises NotPermitted, NotFound, WrongState, PackFaulty for the first fault, Rejected without a
    reason or without a change.
    """
    draft = _open_draft(ref, actor)
    report = report_on(draft)
    if report.content is None:
        raise refusal(report.problems)
    if not changes_in(draft):
        raise Rejected("草稿与现行版本没有不同。", "The draft changes nothing.", field="why")
    if not why.strip():
        raise Rejected(
            "请写明修改的理由和依据，供审批人查看。",
            "Say why it is changed and on what basis, for whoever decides.",
            field="why",
        )
    draft.state, draft.why, draft.changed_at = PackDraft.State.PROPOSED, why.strip(), at
    draft.save(update_fields=["state", "why", "changed_at"])
    record(DraftProposed(ref, draft.pack_code, draft.why), actor=actor, at=at)
    return draft


@transaction.atomic
def decide_draft(ref: str, *, granted: bool, reason: str, actor: Actor, at: datetime) -> PackDraft:
    """Put a proposed draft in force as a new version, or send it back to be worked on.

    Records DraftDecided, PackPublished. Raises NotPermitted also to whoever changed the draft,
    NotFound, WrongState, PackFaulty.
    """
    require_act(actor, ACT)
    lock_publishing()
    draft = _locked(ref)
    if draft.state != PackDraft.State.PROPOSED:
        raise WrongState("这份草稿不在待审批状态。", "The draft does not wait for a decision.")
    if actor.user_id is None or actor.user_id in draft.hands:
        raise NotPermitted(
            "修改过草稿的人不能审批它。请由另一位有权限的人审批。",
            "Whoever changed a draft does not decide on it. Another person has to.",
        )
    if not reason.strip():
        raise Rejected("请填写审批意见。", "Give a reason.", field="reason")
    version = put_in_force(report_on(draft), actor=actor, at=at).version if granted else ""
    draft.state = PackDraft.State.ENACTED if granted else PackDraft.State.OPEN
    draft.decided_at, draft.decided_by, draft.decision = at, actor.name, reason.strip()
    draft.save(update_fields=["state", "decided_at", "decided_by", "decision"])
    fact = DraftDecided(ref, draft.pack_code, granted, version, draft.decision)
    record(fact, actor=actor, at=at)
    return draft


@transaction.atomic
def drop_draft(ref: str, *, actor: Actor, at: datetime) -> PackDraft:
    """Give a draft up. Records DraftDropped. Raises NotPermitted, NotFound, WrongState."""
    require_act(actor, ACT)
    draft = _locked(ref)
    if draft.state not in (PackDraft.State.OPEN, PackDraft.State.PROPOSED):
        raise WrongState("这份草稿已经结束。", "The draft is over.")
    draft.state, draft.decided_at, draft.decided_by = PackDraft.State.DROPPED, at, actor.name
    draft.save(update_fields=["state", "decided_at", "decided_by"])
    record(DraftDropped(ref, draft.pack_code), actor=actor, at=at)
    return draft


def report_on(draft: PackDraft) -> PackReport:
    """Check a draft as a folder would be; nothing is written."""
    loaded = load_pack(files_of(draft.content), known_beside(draft.pack_code))
    return PackReport(Path(draft.pack_code), loaded.content, loaded.problems, loaded.trees)


def changes_in(draft: PackDraft) -> list[Change]:
    """What a draft would change against the version in force, its own number left out."""
    base = Pack.objects.filter(code=draft.pack_code, status=Pack.Status.PUBLISHED).first()
    changes = changes_between(base.content if base else {}, draft.content)
    return [one for one in changes if one.area != "pack" and not one.path.endswith("/version")]


def _begun(pack: str, content: Json, base: str, *, actor: Actor, at: datetime) -> PackDraft:
    try:
        with transaction.atomic():
            draft = PackDraft.objects.create(
                public_id=public_id(),
                pack_code=pack,
                base_version=base,
                content=content,
                begun_at=at,
                begun_by=actor.name,
                changed_at=at,
            )
    except IntegrityError as error:
        raise WrongState(
            f"标准包“{pack}”已有一份在改的草稿。请接着改，或先作废。",
            f"A draft of {pack} is being worked on. Go on with that, or drop it first.",
        ) from error
    record(DraftBegun(draft.public_id, pack, base), actor=actor, at=at)
    return draft


def _open_draft(ref: str, actor: Actor) -> PackDraft:
    require_act(actor, ACT)
    draft = _locked(ref)
    if draft.state != PackDraft.State.OPEN:
        raise WrongState(
            "这份草稿已提交审批或已结束，不能再改。",
            "The draft was proposed or is over, and cannot be changed.",
        )
    return draft


def _locked(ref: str) -> PackDraft:
    draft = PackDraft.objects.select_for_update().filter(public_id=ref).first()
    if draft is None:
        raise NotFound
    return draft


def _numbered(draft: PackDraft, area: str, code: str, entry: Plain) -> Plain:
    """Give a standard or ledger that differs from the one in force the number after it."""
    base = Pack.objects.filter(code=draft.pack_code, version=draft.base_version).first()
    standing = entry_of(base.content, area, code) if base and area in VERSIONED else None
    if not isinstance(standing, dict) or not isinstance(entry, dict):
        return entry
    own = {**entry, "version": standing["version"]}
    if sha256_of(own) == sha256_of(standing):
        return standing
    return {**entry, "version": next_version(str(standing["version"]))}


def _require_small(content: Json) -> None:
    if sum(map(len, files_of(content).values())) > MOST_BYTES:
        raise Rejected("草稿过大，没有保存。", "The draft is too large; not saved.", field="entry")
