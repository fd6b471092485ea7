"""After the races: can each history be told in one serial order, and is every answer kept?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linli.config.bench._answer import progress
from linli.config.bench._races_acts import WITHOUT_KEY
from linli.config.bench._races_replay import Replay, Told
from linli.config.bench._whole import HALF, TWICE, asked, rows, said
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.selectors import Case, CaseEvent, Clock

DONE, ERROR = "done", "error"
SHOWN = 20  # histories said in full
# The journal's numbers are given out under the locks of the cases: they tell which came first.
BEFORE_PARTS = """
SELECT count(*) FROM cases_link l JOIN cases_case part ON part.id = l.case_id
JOIN cases_caseevent closing ON closing.case_id = l.other_id AND closing.activity = 'case_closed'
WHERE l.kind = 'part' AND closing.journal_id > (SELECT min(v.journal_id) FROM cases_caseevent v
    WHERE v.case_id = l.other_id AND v.activity = 'case_linked'
    AND v.attrs->>'other_ref' = part.public_id AND v.attrs->>'kind' = 'part')
AND coalesce((SELECT v.activity FROM cases_caseevent v WHERE v.case_id = l.case_id
    AND v.activity IN ('case_closed', 'case_reopened') AND v.journal_id < closing.journal_id
    ORDER BY v.journal_id DESC LIMIT 1), '') <> 'case_closed'"""


@dataclass(frozen=True)
class Came:
    """What came of one command: done, the name of a refusal, or an error with its words."""

    name: str
    key: str
    what: str


def faults_of_answers(came: Iterable[Came], stored: Mapping[str, int]) -> Counter[str]:
    """Hold the answers against the keys that histories bear, with how often each is there."""
    found: Counter[str] = Counter()
    told: dict[str, set[str]] = {}
    for one in came:
        if one.what.startswith(ERROR):
            found["errors"] += 1
            progress(f"{one.name}: {one.what}")
        elif one.name not in WITHOUT_KEY:
            told.setdefault(one.key, set()).add(one.what)
    for key, answers in told.items():
        times = stored.get(key, 0)
        found["keys_twice"] += max(0, times - 1)
        found["lost_updates"] += DONE in answers and not times
        found["refused_but_done"] += DONE not in answers and bool(times)
    return found


def stored_keys() -> Counter[str]:
    """How often each key stands in the histories."""
    return Counter(
        dict(rows("SELECT key, count(*) FROM cases_caseevent WHERE key <> '' GROUP BY key"))
    )


def faults_of_histories() -> Counter[str]:
    """Tell every history again, and hold the end against the row of its case."""
    found: Counter[str] = Counter()
    units = dict(rows("SELECT id, code FROM organisations_unit"))
    left = SHOWN
    for case in Case.objects.select_related("standard", "matter", "area").order_by("pk"):
        history = history_of(case)
        faults = faults_in(case, history, units)
        found.update(fault.partition(":")[0] for fault in faults)
        if faults and left > 0:
            left -= 1
            told = " ".join(f"{fact.seq}:{fact.activity}@{fact.stage}" for fact in history)
            progress(f"{case.number}: {'; '.join(faults)} [{told}]")
    return found


def faults_of_all() -> Counter[str]:
    """Ask what holds of all cases at rest."""
    return Counter(
        {
            "closed_before_parts": int(rows(BEFORE_PARTS)[0][0]),
            "twice": said(asked(TWICE)),
            "half": said(asked(HALF)) + len(verify_chain().faults),
        }
    )


def history_of(case: Case) -> list[Told]:
    """Return the history of a case, as its replay reads it."""
    found = CaseEvent.objects.filter(case=case).select_related("item").order_by("seq")
    return [
        Told(
            event.seq,
            event.activity,
            event.stage,
            event.attrs,
            event.key,
            event.item_id,
            event.item is None or event.item.is_lead,
        )
        for event in found
    ]


def faults_in(case: Case, history: Sequence[Told], units: Mapping[int, str]) -> list[str]:
    """Return what one history cannot be, and what the row does not say as it does."""
    standard = case.standard.definition
    told = Replay(standard, level=standard.confidentiality).tell(history)
    clocks = Clock.objects.filter(case=case)
    extra = sum(int(fact.get("extra", 0)) for clock in clocks for fact in clock.facts)
    pairs = {
        "state": (case.status == "open", told.is_open),
        "stage": (case.stage if case.stage in told.stages else "", case.stage),
        "hold": (case.held_at is not None, told.is_held),
        "exclusion": (bool(case.exclusion), told.excluded),
        "level": (case.confidentiality, told.level),
        "respondents": ({units[unit] for unit in case.respondent_ids}, told.respondents),
        "bounces": (case.bounces, told.bounces),
        "extra time": (extra, told.extra),
        "contact": (case.contacted_at is not None, told.is_contacted),
        "position": (case.seq, len(history)),
        **_revised(case, told),
    }
    lost = [
        f"lost_updates: {name} is {row}, told as {history_says}"
        for name, (row, history_says) in pairs.items()
        if row != history_says
    ]
    return told.faults + lost


def _revised(case: Case, told: Replay) -> dict[str, tuple[object, object]]:
    said_last = told.revised
    now = {
        "matter": case.matter.code,
        "area": case.area.code,
        "urgency": case.urgency,
        "petition_type": case.petition_type,
    }
    return {name: (value, said_last[name]) for name, value in now.items() if name in said_last}
