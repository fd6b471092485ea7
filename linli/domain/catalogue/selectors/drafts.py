"""Drafts of packs: those that are being worked on, and what became of the others.

Serves: R014.
"""

from linli.domain.catalogue.models import Pack, PackDraft
from linli.domain.catalogue.rules.drafting import KEYS, entry_of, is_changed_here
from linli.domain.catalogue.rules.files import CalendarDef, MatterDef, ParameterDef, SourceDef
from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.rules.terms import PackModel
from linli.domain.catalogue.rules.yaml_tree import Plain
from linli.kernel.errors import NotFound

__all__ = ["KEYS", "SHAPES", "PackDraft", "changed_here", "draft_by_ref", "draft_entry", "drafts"]

# The entries of a pack that can be edited in forms, with their shapes.
SHAPES: dict[str, type[PackModel]] = {
    "standards": StandardDef,
    "ledgers": LedgerDef,
    "matters": MatterDef,
    "sources": SourceDef,
    "parameters": ParameterDef,
    "years": CalendarDef,
}


def drafts(*, limit: int = 50) -> list[PackDraft]:
    """Drafts, those that are open first, then the latest."""
    rows = PackDraft.objects.defer("content").order_by("-begun_at")
    found = list(rows[:limit])
    return sorted(found, key=lambda one: one.state not in ("open", "proposed"))


def draft_by_ref(ref: str) -> PackDraft:
    """The draft with a public id. Raises NotFound."""
    found = PackDraft.objects.filter(public_id=ref).first()
    if found is None:
        raise NotFound
    return found


def draft_entry(draft: PackDraft, area: str, code: str) -> Plain:
    """An entry of a draft as its file would say it; None where there is none."""
    return entry_of(draft.content, area, code)


def changed_here(code: str, *, shipped: str) -> Pack | None:
    """The pack in force, where it was made here from a version that was shipped; else None."""
    pack = Pack.objects.filter(code=code, status=Pack.Status.PUBLISHED).first()
    return pack if pack and is_changed_here(pack.version, shipped=shipped) else None
