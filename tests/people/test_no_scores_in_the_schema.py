"""No table, view or column of the database scores, ranks or labels a person.

Serves: X01.
"""

import pytest
from django.db import connection

from tests.people.schema import KNOWN, about_persons, scores_of_persons, tables

pytestmark = pytest.mark.django_db


def test_no_column_of_the_database_scores_a_person():
    """Serves: X01."""
    assert "\n".join(scores_of_persons(tables())) == ""


def test_the_walk_has_seen_the_whole_database_and_who_stands_in_it():
    found = tables()

    assert set(KNOWN["persons"]) <= found.keys()
    assert {"cases_feedback", "organisations_member", "audit_journal"} <= about_persons(found)
    assert not {"places_area", "catalogue_parameter", "insight_dailycount"} & about_persons(found)
    assert sum(len(table.columns) for table in found.values()) > 300


def test_nothing_is_excused_that_is_not_there_any_more():
    found = tables()
    known = {f"{name}.{column}" for name, table in found.items() for column in table.columns}

    assert set(KNOWN["excused"]) - known == set()
    assert all(KNOWN["excused"].values())


PLANTED = {
    "a key that leads to an account": "CREATE TABLE planted (owner bigint REFERENCES access_user,"
    " risk_level int)",
    "a key that leads to it over a case": "CREATE TABLE planted (piece bigint REFERENCES"
    " cases_workitem, score int)",
    "a reporter by name": "CREATE TABLE planted (reporter_ref text, tier int)",
    "an address": "CREATE TABLE planted (address text, grade int)",
    "a household in pinyin": "CREATE TABLE planted (household int, xinyong_dengji int)",
    "Chinese": 'CREATE TABLE planted ("居民" int, "风险等级" int)',
    "a name that says it all": "CREATE TABLE planted (n int, resident_score int)",
    "a name of the table": "CREATE TABLE resident_ranking (n int)",
    "a label": "CREATE TABLE planted (user_id int, v int);"
    " COMMENT ON COLUMN planted.v IS '信用积分'",
    "a view": "CREATE VIEW planted AS SELECT public_id AS n, 1 AS risk FROM cases_case",
    "a view stored": "CREATE MATERIALIZED VIEW planted AS SELECT id, 1 AS ranking FROM access_user",
    "another schema": "CREATE SCHEMA hidden; CREATE TABLE hidden.planted"
    " (who bigint REFERENCES public.access_user, trust int)",
}
HARMLESS = {
    "a place": "CREATE TABLE planted (area_id bigint REFERENCES places_area, risk_level int)",
    "a matter": "CREATE TABLE planted (matter text, score int)",
    "a person without a score": "CREATE TABLE planted (user_id int, note text, opened_at date)",
    "a view on places": "CREATE VIEW planted AS SELECT code, 1 AS risk FROM places_area",
}


@pytest.mark.parametrize("statement", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_score_of_a_person_is_found(statement):
    assert list(_found_after(statement)) != []


@pytest.mark.parametrize("statement", HARMLESS.values(), ids=HARMLESS.keys())
def test_scores_of_places_and_matters_are_let_be(statement):
    assert list(_found_after(statement)) == []


def _found_after(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return scores_of_persons(tables())
