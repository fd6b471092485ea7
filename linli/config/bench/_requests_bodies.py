"""Bodies for the API: by its own description, and by what the description forbids."""

import json
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from linli.config.bench._requests_payloads import Payload

DEPTH, DIGITS = 100_000, 5_000  # beyond what readers of JSON recurse into, and take for a number
WRONG: Sequence[Any] = (
    None,
    True,
    0,
    -1,
    1.5,
    2**63,
    10**40,
    "",
    [],
    {},
    [[]],
    {"a": [{}]},
    [None],
)
FIXED = 0.8  # of the values that the description gives an example or a list for


class Described:
    """The description of the API, as something to make values from."""

    def __init__(self, document: Mapping[str, Any], chance: Random) -> None:
        self.document, self.chance = document, chance

    def schema(self, path: str, method: str) -> Mapping[str, Any] | None:
        """Return what an operation takes as its body, None where it takes none."""
        operation = self.document["paths"].get(path, {}).get(method.lower(), {})
        taken = operation.get("requestBody", {}).get("content", {}).get("application/json")
        return self._whole(taken["schema"]) if taken else None

    def queries(self, path: str, method: str) -> list[str]:
        """Return the names that an operation takes in its query."""
        operation = self.document["paths"].get(path, {}).get(method.lower(), {})
        return [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]

    def value(self, schema: Mapping[str, Any]) -> Any:
        """Return a value that the description allows."""
        schema = self._whole(schema)
        given = schema.get("examples") or schema.get("enum")
        if given and self.chance.random() < FIXED:
            return self.chance.choice(given)
        if "const" in schema or "default" in schema:
            return schema.get("const", schema.get("default"))
        return self._made(schema)

    def body(self, schema: Mapping[str, Any], payload: Payload) -> bytes:
        """Return a body: right but for one value, of wrong types, broken, too deep, too large."""
        right = self.value(schema)
        ways: Sequence[Callable[[Any, str], bytes]] = (self._one, self._wrong, self._torn)
        way = self.chance.choices(ways, (6, 3, 2))[0]
        return way(right, payload.text)

    def _whole(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" in schema:
            return self._whole(
                self.document["components"]["schemas"][schema["$ref"].split("/")[-1]]
            )
        if "anyOf" in schema:
            chosen = self.chance.choice(schema["anyOf"])
            return self._whole(chosen)
        return schema

    def _made(self, schema: Mapping[str, Any]) -> Any:
        kind = schema.get("type")
        if kind == "object":
            names = schema.get("properties", {})
            must = schema.get("required", ())
            return {
                name: self.value(one)
                for name, one in names.items()
                if name in must or self.chance.random() < 0.5
            }
        if kind == "array":
            return [self.value(schema.get("items", {})) for _ in range(self.chance.randint(0, 3))]
        if kind in ("integer", "number"):
            return self.chance.choice((schema.get("minimum", -1), schema.get("maximum", 2), 0))
        return {"boolean": True, "null": None}.get(kind or "", "路灯不亮" * 3)

    def _one(self, right: Any, text: str) -> bytes:
        if isinstance(right, dict) and right:
            right[self.chance.choice([*right, text])] = text
        return _written(right)

    def _wrong(self, right: Any, text: str) -> bytes:
        wrong = self.chance.choice([*WRONG, [text], {text: text}])
        if not isinstance(right, dict) or self.chance.random() < 0.2:
            return _written(wrong)
        for name in right:
            if self.chance.random() < 0.4:
                right[name] = wrong
        return _written(right)

    def _torn(self, right: Any, text: str) -> bytes:
        whole = _written(right)
        first = _written(next(iter(right), "a") if isinstance(right, dict) else "a")
        return self.chance.choice(
            (
                whole[: len(whole) // 2],
                whole + whole,
                b"\xef\xbb\xbf" + whole,
                whole.decode().encode("utf-16"),
                b"[" * DEPTH,
                b'{"a":' * DEPTH,
                b"{%s: %s}" % (first, b"9" * DIGITS),
                b"{%s: NaN, %s: -Infinity, %s: 1e999}" % (first, first, first),
                b'{%s: "\\ud800", %s: "\\u0000"}' % (first, first),
                b'{%s: "\xff\xfe"}' % first,
                text.encode(errors="surrogatepass"),
                b"",
            )
        )


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()
