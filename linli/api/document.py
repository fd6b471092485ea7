"""The description of the API: complete with examples, errors and headers, whoever reads it.

What the framework writes by itself lacks three things: what goes wrong (as problem+json), an
example of each body, and the key that every POST must carry.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from linli.api.problems import SHAPE, UNKNOWN, UNREADABLE
from linli.api.schemas import Problem

Node = dict[str, Any]
HOW = """\
Sign in with a key: `Authorization: Bearer linli_…`. A key belongs to an account, sees what the
account's posts may see, and carries scopes: `read` for GET, `message` for taking messages in, `act`
for finishing steps of cases and for records of ledgers. Public figures (`/figures`) take no key.

What is absent and what is forbidden are answered alike, with 404. Errors are problem documents
(RFC 9457) as `application/problem+json`; `title` is a stable word for programs, `detail` a
sentence for people in the language of `Accept-Language` (zh-hans, en).

Times are ISO 8601 with offset. A list says in `is_counted` whether `total` is exact or means
"at least".
"""
KEY_HEADER: Node = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Chosen by you, new for each command. Sent again it changes nothing and answers"
    " with what came of the first; a message with another body is refused.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 100},
    "example": "district-hotline-A-0001",
}
PROBLEMS: Mapping[int, tuple[str, Node]] = {
    400: ("The body cannot be read", {"title": "unreadable", "detail": UNREADABLE[0]}),
    401: (
        "No valid key, or a key without the scope",
        {"title": "not_signed_in", "detail": UNKNOWN[0]},
    ),
    403: (
        "No post of the account grants this",
        {
            "title": "not_permitted",
            "detail": "您的岗位没有“message.create”权限。请联系管理员核对岗位设置。",
        },
    ),
    404: (
        "Absent, or not within reach: both read the same",
        {
            "title": "not_found",
            "detail": "没有找到，或者不在您的权限范围内。请核对编号。",
        },
    ),
    409: (
        "The key came before with another body, or the case has moved on",
        {
            "title": "wrong_state",
            "detail": "同一提交编号先后对应了两条不同的诉求，后一条没有保存。"
            "请重新打开页面再提交。",
        },
    ),
    422: (
        "Something in the request cannot be taken; nothing was kept",
        {
            "title": "rejected",
            "detail": SHAPE[0],
            "errors": [{"field": "body.page", "detail": "Extra inputs are not permitted"}],
        },
    ),
    503: (
        "A part we lean on is down; nothing was kept; try again",
        {"title": "unavailable", "detail": "暂时不能办理，没有写入任何内容。请过几分钟再试。"},
    ),
}


class DocumentedAPI(NinjaAPI):
    """An API whose description names its errors, examples and headers."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the whole description."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        schemas: Node = document["components"]["schemas"]
        made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(made.pop("$defs", {}))
        schemas["Problem"] = made
        for operation in operations(document):
            _complete(operation, schemas)
        return document


def operations(document: Mapping[str, Any]) -> Iterator[Node]:
    """Every operation of a description."""
    for ways in document["paths"].values():
        yield from ways.values()


def told(*statuses: int) -> Node:
    """What an operation says of its errors; each is one of PROBLEMS."""
    return {"responses": {status: _problem(status) for status in statuses}}


def _problem(status: int) -> Node:
    description, words = PROBLEMS[status]
    example = {"type": "about:blank", "status": status, **words}
    media = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    return {"description": description, "content": {"application/problem+json": media}}


def _complete(operation: Node, schemas: Node) -> None:
    parameters = operation.get("parameters", [])
    if any(one["in"] == "header" for one in parameters):
        operation["parameters"] = [p for p in parameters if p["in"] != "header"] + [KEY_HEADER]
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for media in (media for body in bodies for media in body.get("content", {}).values()):
        if "example" not in media:
            media["example"] = example_of(media["schema"], schemas)


def example_of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> object:
    """Return an example of a schema, put together from those of its parts."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "examples" in schema:
        return schema["examples"][0]
    if "properties" in schema:
        return {name: example_of(part, schemas) for name, part in schema["properties"].items()}
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    raise ValueError(f"no example: {schema.get('title', schema)}")
