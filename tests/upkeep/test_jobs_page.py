"""Failed jobs are a list that a person sees, not lines of a log. Serves: X02."""

from dataclasses import replace

import pytest
from django.test import Client

from linli.domain.audit.selectors import count_failed_jobs, facts_about, failed_jobs
from linli.domain.cases.tests.builders import Town, build_town
from linli.jobs.pace import Pace
from linli.jobs.tests.builders import write
from linli.jobs.tests.test_upkeep import claimed
from linli.jobs.upkeep import free_stalled_jobs
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/jobs/"


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def failed() -> list[int]:
    jobs = claimed(2, silent_s=99)
    free_stalled_jobs(replace(Pace(), claims=1))
    return jobs


def administrator(town: Town) -> Client:
    holding = replace(town.supervisor.holdings[0], role="admin")
    town.supervisor = replace(town.supervisor, holdings=(holding,))
    return signed_in(town, "supervisor")


def test_the_administrator_sees_ids_and_kinds_and_lets_one_begin_anew(failed, town, settings):
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "AccountGuard" not in one]
    admin = administrator(town)
    page = admin.get(PAGE).content.decode()
    assert all(f"{job} · mark" in page for job in failed)
    assert "wall-" in page

    assert admin.post(PAGE, {"job": failed[0], "decision": "retry"}).status_code == 302
    assert [one.id for one in failed_jobs()] == [failed[1]]
    without = admin.post(PAGE, {"job": failed[1], "decision": "settle"})
    assert (without.status_code, count_failed_jobs()) == (422, 1)
    said = {"job": failed[1], "decision": "settle", "reason": "已另行办理"}
    assert admin.post(PAGE, said).status_code == 302
    assert count_failed_jobs() == 0
    told = [facts_about("job", str(job))[-1].event for job in failed]
    assert told == ["job_retried", "job_settled"]


def test_nobody_else_has_the_page(failed, town):
    assert signed_in(town, "clerk").get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302
    assert count_failed_jobs() == 2


def test_no_failed_job_is_out_of_reach_however_many_and_however_named(town, settings):
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "AccountGuard" not in one]
    jobs = claimed(103, silent_s=99)
    write(
        "UPDATE procrastinate_jobs SET args = args || jsonb_build_object('reaction', repeat('x',"
        " 100000)) WHERE id = %s",
        [jobs[0]],
    )
    free_stalled_jobs(replace(Pace(), claims=1))
    admin = administrator(town)

    first = admin.get(PAGE).content.decode()
    last = admin.get(PAGE, {"page": "2", "job": str(jobs[0])}).content.decode()

    assert [f"?job={job}" in first for job in (jobs[-1], jobs[3])] == [True, True]
    assert all(f"?job={job}&amp;page=2" in last for job in jobs[:3])
    assert 'name="decision"' in last
    assert len(last) < 50_000
    assert admin.get(PAGE, {"page": "none", "job": "none"}).status_code == 200
