"""The API's description is whole, its examples hold, and answers are as it says.

Serves: R081 R129.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pydantic import TypeAdapter

from linli.api import ledger_schemas, schemas
from linli.api.document import operations
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.kernel.ids import is_case_number, normalise_receipt
from tests.journeys.test_api_road import headers_for

pytestmark = pytest.mark.django_db
Node = dict[str, Any]
ADDRESS = "/api/v1/openapi.json"
PLACES = {"get", "post", "put", "patch", "delete"}
OPEN = "/api/v1/figures"  # what is public takes no key
LISTS = ("areas", "matters", "units")


@pytest.fixture
def document() -> Node:
    found: Node = Client().get(ADDRESS).json()
    return found


@pytest.fixture
def town() -> Town:
    return build_town()


def media_of(document: Node) -> Iterator[tuple[str, Node]]:
    for operation in operations(document):
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            yield from body.get("content", {}).items()


def nodes(tree: object) -> Iterator[Node]:
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(part)


def model_of(schema: Node) -> TypeAdapter[Any]:
    if schema.get("type") == "array":
        return TypeAdapter(list[class_of(schema["items"])])  # type: ignore[arg-type, misc]  # named at run time
    return TypeAdapter(class_of(schema))


def class_of(schema: Node) -> Any:
    name = name_of(schema)
    return getattr(schemas, name, None) or getattr(ledger_schemas, name)


def name_of(schema: Node) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def test_every_operation_says_what_it_does_takes_and_answers(document):
    assert document["openapi"] == "3.1.0"
    assert document["info"]["description"]
    seen = [operation["operationId"] for operation in operations(document)]
    assert len(seen) == len(set(seen)) >= 6
    for path, ways in document["paths"].items():
        assert path.startswith("/api/v1/")
        assert set(ways) <= PLACES
        for operation in ways.values():
            assert operation["summary"]
            assert operation["description"]
            is_open = path.startswith(OPEN)
            assert operation.get("security", []) == ([] if is_open else [{"Key": []}])
            assert is_open or {"401"} < set(operation["responses"])
            assert all(answer["description"] for answer in operation["responses"].values())


def test_every_parameter_is_described_with_an_example_and_stands_in_the_path_if_it_says_so(
    document,
):
    for path, ways in document["paths"].items():
        for operation in ways.values():
            parameters = operation.get("parameters", [])
            in_path = {one["name"] for one in parameters if one["in"] == "path"}
            assert in_path == {part[1:-1] for part in path.split("/") if part.startswith("{")}
            for one in parameters:
                assert one.get("description") or one["schema"].get("description")
                assert "example" in one or one["schema"].get("examples")


def test_every_reference_leads_somewhere(document):
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    asked = {node["$ref"] for node in nodes(document) if "$ref" in node}

    assert asked <= known
    assert asked
    assert document["components"]["securitySchemes"]["Key"]["scheme"] == "bearer"


def test_every_body_has_an_example_that_its_schema_takes(document):
    for kind, media in media_of(document):
        adapter = model_of(media["schema"])
        adapter.validate_json(json.dumps(media["example"]))
        if kind == "application/problem+json":
            assert name_of(media["schema"]) == "Problem"


def test_every_field_has_an_example_or_is_a_body_of_its_own(document):
    for name, schema in document["components"]["schemas"].items():
        for field, part in schema["properties"].items():
            assert name == "Problem" or "examples" in part or "$ref" in str(part), (name, field)


def test_examples_are_such_as_the_platform_itself_gives(document):
    given = {key: value for _, media in media_of(document) for key, value in flat(media["example"])}

    numbers = {
        str(v) for _, m in media_of(document) for k, v in flat(m["example"]) if k == "number"
    }
    assert {n for n in numbers if not is_case_number(n)} == {"MP-000001"}, "a record's"
    assert normalise_receipt(str(given["receipt"])) == given["receipt"]
    assert len(str(given["case"])) == 26


def flat(example: object) -> Iterator[tuple[str, object]]:
    for node in nodes(example):
        yield from node.items()


def test_every_post_names_its_key_and_what_a_repeat_answers(document):
    posts = [ways["post"] for ways in document["paths"].values() if "post" in ways]
    assert posts
    for operation in posts:
        headers = [one for one in operation["parameters"] if one["in"] == "header"]
        assert [(one["name"], one["required"]) for one in headers] == [("Idempotency-Key", True)]
        assert {"200", "201", "409", "422"} <= set(operation["responses"])


def answers(town: Town) -> Iterator[tuple[str, Any]]:
    """What the API really answers: operation, and the response."""
    client, case = Client(), new_case(town)
    read = headers_for(town, "clerk", ["read"])
    reads = {"read": read, "nobody's": {"Authorization": "Bearer linli_no"}}
    for headers in reads.values():
        for path in ("cases", *LISTS):
            yield f"/api/v1/{path}", client.get(f"/api/v1/{path}", headers=headers)
        yield "/api/v1/cases/{ref}", client.get(f"/api/v1/cases/{case.number}", headers=headers)
    for ref in ("nosuchcase", "%00", "-1"):
        yield "/api/v1/cases/{ref}", client.get(f"/api/v1/cases/{ref}", headers=read)
    for query in ("page=0", "page=x", "page=99999999999999999999", "status=lost", "q=%00", "q=%25"):
        yield "/api/v1/cases", client.get(f"/api/v1/cases?{query}", headers=read)
    for query in ("under=990101", "under=99/9901/", "under=%00", "under=~"):
        yield "/api/v1/areas", client.get(f"/api/v1/areas?{query}", headers=read)


BODIES: tuple[tuple[str, Node], ...] = (
    ("12345678", {"body": "路灯坏了", "area": "990101001001"}),
    ("12345678", {"body": "路灯坏了", "area": "990101001001"}),
    ("12345678", {"body": "水管爆了", "area": "990101001001"}),
    ("other-key-1", {"body": "路灯坏了", "area": "nowhere"}),
    ("other-key-2", {"body": "路灯坏了", "area": "990101001001", "channel": "pigeon"}),
    ("other-key-3", {"body": "路灯\x00坏了", "area": "990101001001"}),
    ("other-key-4", {"body": "路灯坏了", "area": "990101001001", "lng": 999, "lat": 1e308}),
    ("other-key-5", {"body": "路灯坏了", "received_at": "2999-01-01T00:00:00+08:00"}),
    ("other-key-6", {"body": "路灯坏了", "received_at": "2026-11-24T08:00:00"}),
    ("other-key-7", {"body": 7}),
    ("other-key-9", {"body": "灯坏了", "source": "a\x00", "source_id": "\x00", "title": "\x00"}),
    ("other-key-a", {"body": "灯坏了", "area": "\x00", "address": "\x00", "channel": "\x00"}),
    ("other-key-b", {"body": "灯坏了", "reporter_name": "\x00", "reporter_phone": "\ud800"}),
    ("short", {"body": "路灯坏了"}),
    ("\x00" * 10, {"body": "路灯坏了", "area": "990101001001"}),
    ("k" * 100, {"body": "灯坏了", "area": "990101001001", "source_id": "x" * 500}),
)


def posts(town: Town) -> Iterator[tuple[str, Any]]:
    client, headers = Client(), headers_for(town, "clerk", ["message"])
    for key, body in BODIES:
        keyed = {**headers, "Idempotency-Key": key}
        yield (
            "/api/v1/messages",
            client.post("/api/v1/messages", body, "application/json", headers=keyed),
        )
    keyed = {**headers, "Idempotency-Key": "no-json-12"}
    yield (
        "/api/v1/messages",
        client.post("/api/v1/messages", "{", "application/json", headers=keyed),
    )
    outsider = {**headers_for(town, "outsider", ["message"]), "Idempotency-Key": "other-key-8"}
    yield (
        "/api/v1/messages",
        client.post("/api/v1/messages", BODIES[0][1], "application/json", headers=outsider),
    )


@pytest.mark.parametrize(("way", "asked"), [("get", answers), ("post", posts)])
def test_each_answer_is_one_that_the_description_names(town, document, way, asked):
    for path, answer in asked(town):
        told = document["paths"][path][way]["responses"]
        assert str(answer.status_code) in told, (path, answer.status_code, answer.content)
        kind = answer["Content-Type"].partition(";")[0]
        schema = told[str(answer.status_code)]["content"][kind]["schema"]
        model_of(schema).validate_json(answer.content)


def test_a_repeat_and_a_clash_of_keys_answer_as_described(town):
    found = [answer.status_code for _, answer in posts(town)][:3]
    assert found == [201, 200, 409]
