"""What people and packs write is text: never markup, never a pattern, never a program.

So neither a cleaner of HTML nor a bounded matcher of foreign patterns is needed; these tests refuse
the day on which one would be.
"""

import ast
import re

from linli.domain.catalogue.rules import files as pack_files
from linli.domain.catalogue.rules.terms import PackModel
from linli.domain.needs.rules.mapping import ImportMapping
from tests.architecture.sources import files, is_test, text, tree

RAW = re.compile(r"\|\s*safe\b|safeseq|autoescape\s+off|escapejs")
RAW_CALLS = ("mark_safe", "SafeString", "SafeText", "html_safe", "Markup")
RAW_SCRIPT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|hx-on"
)
MATCHING = (
    "compile",
    "match",
    "search",
    "fullmatch",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
)
# Patterns put together at run time, each from texts of the program, or with what people wrote
# escaped so that it means itself.
PUT_TOGETHER = {
    "linli/domain/catalogue/rules/persons.py": "from the program's own list of words",
    "linli/domain/vault/rules/traces.py": "from figures and names that are escaped",
}
PROGRAMS = re.compile(r"regex|regexp|pattern|expression|script|formula|template|eval|code_block")


def calls(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def is_fixed(node: ast.expr) -> bool:
    """Whether a text stands in the program, also one put together from names in capitals."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr):
        parts = [one.value for one in node.values if isinstance(one, ast.FormattedValue)]
        return all(isinstance(one, ast.Name) and one.id.isupper() for one in parts)
    if isinstance(node, ast.BinOp):
        return is_fixed(node.left) and is_fixed(node.right)
    return isinstance(node, ast.Name) and node.id.isupper()


def test_no_template_or_script_shows_text_as_markup():
    shown = [str(path) for path in files(".html", under="linli") if RAW.search(text(path))]
    scripts = [str(path) for path in files(".js", under="linli") if RAW_SCRIPT.search(text(path))]

    assert (shown, scripts) == ([], [])


def test_no_code_calls_a_text_markup_and_what_is_formatted_stands_in_the_program():
    wrong = []
    for path in files(".py", under="linli"):
        if is_test(path):
            continue
        for node, name in calls(path):
            last = name.rpartition(".")[2]
            loose = last in ("format_html", "format_html_join") and not is_fixed(node.args[0])
            if last in RAW_CALLS or loose:
                wrong.append(f"{path}:{node.lineno} {last}")

    assert wrong == []


def test_every_pattern_stands_in_the_program():
    found = set()
    for path in files(".py", under="linli"):
        if is_test(path) or "bench" in path.parts or "import re" not in text(path):
            continue
        for node, name in calls(path):
            module, _, verb = name.partition(".")
            if module == "re" and verb in MATCHING and not is_fixed(node.args[0]):
                found.add(str(path))

    assert found == set(PUT_TOGETHER)


def test_what_people_wrote_means_itself_in_a_pattern():
    assert "re.escape(" in text(next(p for p in files(".py") if str(p).endswith("rules/traces.py")))


def test_no_pack_and_no_mapping_can_carry_a_pattern_or_a_program():
    models = [
        model
        for model in vars(pack_files).values()
        if isinstance(model, type) and issubclass(model, PackModel)
    ]
    assert len(models) > 5
    schemas = [model.model_json_schema() for model in models]
    schemas.append(ImportMapping.model_json_schema())
    keys = {key for schema in schemas for key in _keys(schema)}

    assert len(keys) > 50
    assert sorted(key for key in keys if PROGRAMS.search(key)) == []


def test_the_looks_see_what_they_are_there_to_see():
    assert RAW.search("{{ body|safe }}")
    assert RAW_SCRIPT.search("box.innerHTML = said")
    for line in ("re.compile(said)", "re.search(f'{said}', body)", "re.sub(row.pattern, '', body)"):
        call = ast.parse(line, mode="eval").body
        assert isinstance(call, ast.Call)
        assert not is_fixed(call.args[0])


def _keys(schema: object):
    """Names of the keys that files may have."""
    if isinstance(schema, dict):
        for name, inner in schema.items():
            if name == "properties" and isinstance(inner, dict):
                yield from inner
            yield from _keys(inner)
    elif isinstance(schema, list):
        for one in schema:
            yield from _keys(one)
