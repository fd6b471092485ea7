"""What people write into a case: state secrets are refused, and nothing unseen is kept.

Serves: R109.
"""

import pytest

from linli.domain.cases import services
from linli.domain.cases.models import Case, CaseEvent, Feedback, Note, WorkItem
from linli.domain.cases.tests.builders import DONE, Town, later, new_case
from linli.kernel.secrecy import SecretMarked

pytestmark = pytest.mark.django_db
SECRET = "绝密★30年 某事已办"


@pytest.fixture
def handed(town: Town) -> tuple[Case, int]:
    case = new_case(town)
    services.dispatch_case(
        case.public_id, to="works", actor=town.clerk, at=later(minutes=5), key="d"
    )
    return case, WorkItem.objects.get(case=case, state="open").pk


def test_an_answer_that_bears_a_mark_of_secrecy_is_refused_whole(town, handed):
    case, item = handed
    with pytest.raises(SecretMarked):
        services.complete_item(
            case.public_id, item, outcome="answer", reason=SECRET, result=DONE,
            actor=town.handler, at=later(hours=1), key="a",
        )  # fmt: skip
    assert WorkItem.objects.get(pk=item).state == "open"


def test_so_are_notes_returns_evidence_and_what_the_resident_says(town, handed):
    case, item = handed
    by = {"actor": town.handler, "at": later(hours=1)}

    with pytest.raises(SecretMarked):
        services.add_note(case.public_id, text=SECRET, key="n", **by)
    with pytest.raises(SecretMarked):
        services.return_item(case.public_id, item, reason=SECRET, key="r", **by)
    with pytest.raises(SecretMarked):
        services.request_extension(case.public_id, extra=1, reason=SECRET, key="x", **by)
    with pytest.raises(SecretMarked):
        services.propose_exclusion(
            case.public_id, reason="malicious_repeat", evidence=SECRET, key="e", **by
        )
    answer(case, item, town, "已办")
    with pytest.raises(SecretMarked):
        services.record_feedback(
            case.public_id, solved="solved", satisfied="satisfied", comment=SECRET,
            at=later(hours=3), key="f",
        )  # fmt: skip

    assert not Note.objects.exists()
    assert not Feedback.objects.exists()
    kept = str(list(CaseEvent.objects.values_list("attrs", flat=True)))
    assert "绝密" not in kept + str(list(WorkItem.objects.values_list("reason", flat=True)))


def answer(case: Case, item: int, town: Town, words: str) -> None:
    services.complete_item(
        case.public_id, item, outcome="answer", reason=words, result=DONE, actor=town.handler,
        at=later(hours=2), key="a",
    )  # fmt: skip


def test_what_cannot_be_seen_is_not_kept(town, handed):
    case, item = handed
    services.add_note(
        case.public_id, text="\u202e已\u200b联系\x07 ３号楼 ", actor=town.handler,
        at=later(hours=1), key="n",
    )  # fmt: skip
    answer(case, item, town, " 已\u202e修好\u200b。")

    assert Note.objects.get().text == "已联系 3号楼"
    assert WorkItem.objects.get(pk=item).reason == "已修好。"
