"""What values of records name: looked up all at once, by word and by code."""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from linli.domain.access.selectors import Actor, visible
from linli.domain.catalogue.selectors import LedgerDef, Matter, Source, StandardVersion
from linli.domain.catalogue.selectors.ledgers import CASE
from linli.domain.ledgers.models import Record, RecordKey
from linli.domain.ledgers.ports import CaseFinder
from linli.domain.ledgers.rules.filling import Data, Wanted, wanted_by
from linli.domain.ledgers.rules.showing import Names
from linli.domain.ledgers.rules.values import Known
from linli.domain.organisations.selectors import Post, Unit
from linli.domain.places.selectors import Area

Words = Collection[str]


def case_finder() -> CaseFinder:
    """Return what this installation finds cases with."""
    finder: CaseFinder = import_string(settings.LINLI_LEDGER_CASES)()
    return finder


def known_for(actor: Actor, wanted: Wanted) -> Known:
    """Look up what values name: word as written → code; what is out of reach is not there."""
    named = {kind: _LOOK_UP[kind](words) for kind, words in wanted.named.items() if words}
    linked = {
        target: _linked(actor, target, words) for target, words in wanted.linked.items() if words
    }
    return Known(named, linked)


def names_for(actor: Actor, ledger: LedgerDef, datas: Iterable[Data]) -> Names:
    """Return (kind, code) → name for everything that some records name.

    Links to what the actor may not see have no name, nor have links to what is gone.
    """
    wanted = wanted_by(ledger, datas)
    names = {
        (kind, code): name
        for kind, codes in wanted.named.items()
        for code, name in _NAMES[kind](codes).items()
    }
    for target, refs in wanted.linked.items():
        names |= {(target, ref): name for ref, name in _titles(actor, target, refs).items()}
    return names


def _unambiguous(pairs: Iterable[tuple[str, str]], words: Words) -> dict[str, str]:
    """Word → code for codes, and for names that only one has."""
    rows = list(pairs)
    codes = {code: code for code, _ in rows if code in words}
    counts: dict[str, list[str]] = {}
    for code, name in rows:
        counts.setdefault(name, []).append(code)
    return {name: found[0] for name, found in counts.items() if len(found) == 1} | codes


def _areas(words: Words) -> dict[str, str]:
    rows = Area.objects.filter(Q(code__in=words) | Q(name__in=words))
    return _unambiguous(rows.values_list("code", "name"), words)


def _units(words: Words) -> dict[str, str]:
    rows = Unit.objects.filter(Q(code__in=words) | Q(name__in=words))
    return _unambiguous(rows.values_list("code", "name"), words)


def _matters(words: Words) -> dict[str, str]:
    rows = Matter.objects.filter(Q(code__in=words) | Q(name__in=words))
    return _unambiguous(rows.values_list("code", "name"), words)


def _posts(words: Words) -> dict[str, str]:
    return {word: word for word in _post_names(words)}


def _stages(words: Words) -> dict[str, str]:
    return {word: word for word in _stage_names(words)}


def _sources(words: Words) -> dict[str, str]:
    found = Source.objects.filter(code__in=words).values_list("code", flat=True)
    return {code: code for code in found}


def _post_names(codes: Words) -> dict[str, str]:
    pairs = [code.partition("/") for code in codes]
    rows = Post.objects.filter(
        unit__code__in={unit for unit, _, _ in pairs}, code__in={post for _, _, post in pairs}
    )
    named = {
        f"{unit}/{post}": f"{unit_name} {name}"
        for unit, post, unit_name, name in rows.values_list(
            "unit__code", "code", "unit__name", "name"
        )
    }
    return {code: named[code] for code in codes if code in named}


def _stage_names(codes: Words) -> dict[str, str]:
    standards = {code.partition("/")[0] for code in codes}
    rows = StandardVersion.objects.filter(code__in=standards, status="published")
    named = {
        f"{row.code}/{stage.key}": f"{row.name} {stage.title}"
        for row in rows
        for stage in row.definition.stages
    }
    return {code: named[code] for code in codes if code in named}


def _source_names(codes: Words) -> dict[str, str]:
    rows = Source.objects.filter(code__in=codes).order_by("pack_code")
    return dict(rows.values_list("code", "title"))


def _linked(actor: Actor, target: str, words: Words) -> dict[str, str]:
    if target == CASE:
        found = case_finder().in_reach(actor, words)
        return {word: case.ref for word, case in found.items()}
    reach = visible(Record.objects.filter(ledger=target), actor, "ledger.view")
    rows = reach.filter(Q(public_id__in=words) | Q(number__in=words))
    links = {
        word: ref
        for ref, number in rows.values_list("public_id", "number")
        for word in (ref, number)
    }
    keys = RecordKey.objects.filter(ledger=target, value__in=words, record__in=reach)
    by_value: dict[str, set[str]] = {}
    for value, ref in keys.values_list("value", "record__public_id"):
        by_value.setdefault(value, set()).add(ref)
    return {v: refs.pop() for v, refs in by_value.items() if len(refs) == 1} | links


def _titles(actor: Actor, target: str, refs: Words) -> dict[str, str]:
    if target == CASE:
        return {case.ref: case.number for case in case_finder().in_reach(actor, refs).values()}
    reach = visible(Record.objects.filter(ledger=target), actor, "ledger.view")
    return dict(reach.filter(public_id__in=refs).values_list("public_id", "title"))


_LOOK_UP: Mapping[str, Callable[[Words], dict[str, str]]] = {
    "area": _areas,
    "unit": _units,
    "post": _posts,
    "matter": _matters,
    "stage": _stages,
    "citation": _sources,
}
_NAMES: Mapping[str, Callable[[Words], dict[str, str]]] = {
    "area": lambda codes: dict(Area.objects.filter(code__in=codes).values_list("code", "name")),
    "unit": lambda codes: dict(Unit.objects.filter(code__in=codes).values_list("code", "name")),
    "post": _post_names,
    "matter": lambda codes: dict(Matter.objects.filter(code__in=codes).values_list("code", "name")),
    "stage": _stage_names,
    "citation": _source_names,
}
