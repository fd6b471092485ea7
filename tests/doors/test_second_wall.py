"""Behind the second wall all doors agree, and a query that forgot its rule sees little.

Serves: R129 X02.
"""

import pytest
from django.apps import apps
from django.db.models import Model

from linli.domain.access.wall import WALL, see_as
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import (
    cases_for,
    count_cases,
    counts_by,
    export_rows,
    inbox,
    notices_for,
    overdue_cases,
)
from linli.kernel.clock import utc_now
from tests.behind import behind_the_wall
from tests.doors.population import (
    CAST,
    EXPORTS,
    LOOKS,
    Filed,
    Population,
    actor,
    at_the_desk,
    key_of,
    listed,
    opens,
    refs,
)

pytestmark = pytest.mark.django_db
EVERYBODY = sorted(CAST)
NOW = utc_now()


def models_behind() -> dict[str, type[Model]]:
    known = {model._meta.db_table: model for model in apps.get_models()}
    return {table: known[table] for table in WALL["tables"]}


def coarse(population: Population, who: str) -> list[Filed]:
    """What the wall alone leaves of the table: place or work, the shield, and sealed or not."""
    every = {
        role: (how, most if most == "sealed" else "sensitive")
        for role, (how, most) in LOOKS.items()
        if how
    }
    return population.seen_by(who, {**LOOKS, **every})


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_six_doors_show_the_same_behind_the_wall(population, who):
    asked, seen = actor(population, who), population.seen_by(who, LOOKS)
    exported = population.seen_by(who, EXPORTS)
    client, headers = at_the_desk(population, who), key_of(population, who)
    waiting = [item.pk for item in inbox(asked, size=200).items]
    told = [notice.pk for notice in notices_for(asked)]

    with behind_the_wall():
        assert listed(client, "q=路灯") == refs(seen)
        assert client.get("/api/v1/cases", headers=headers).json()["total"] == len(seen)
        for case in population.filed[::30]:
            answer = client.get(f"/desk/cases/{case.ref}/")
            assert answer.status_code == (200 if case in seen else 404)
        see_as(asked)
        assert refs([case for case in population.filed if opens(asked, case.ref)]) == refs(seen)
        assert count_cases(asked) == sum(row.cases for row in counts_by(asked, by="area", at=NOW))
        assert count_cases(asked) == cases_for(asked).total == len(seen)
        assert sorted(row.public_id for row in export_rows(asked)) == refs(exported)
        assert [item.pk for item in inbox(asked, size=200).items] == waiting
        assert [notice.pk for notice in notices_for(asked)] == told
        assert {case.public_id for case in overdue_cases(asked, at=NOW).items} <= set(refs(seen))


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_query_that_forgot_its_rule_sees_what_the_posts_may_reach_at_most(population, who):
    asked, expected = actor(population, who), coarse(population, who)
    known = set(Case.objects.filter(public_id__in=refs(expected)).values_list("pk", flat=True))

    with behind_the_wall():
        see_as(asked)
        found = set(Case.objects.values_list("pk", flat=True))
        children = {
            table: set(model._default_manager.values_list("case_id", flat=True))
            for table, model in models_behind().items()
            if WALL["tables"][table].get("column") == "case_id"
        }

    assert found == known
    assert [table for table, cases in children.items() if not cases <= known] == []


def test_whoever_is_not_signed_in_is_shown_no_row_of_any_table(population):
    filled = {table for table, model in models_behind().items() if model._default_manager.exists()}
    with behind_the_wall():
        shown = {t for t, model in models_behind().items() if model._default_manager.exists()}

    assert {"cases_case", "cases_workitem", "cases_caseevent", "cases_feedback"} <= filled
    assert shown == set()
