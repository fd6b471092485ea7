"""Habits of the style guide that a machine can keep."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import files, functions, is_test, kept_files, text, tree

EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore)(?P<rest>[^#]*)(?P<reason>#.*)?$")
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "deb.deb" + "ian.org")
INLINE = re.compile(r"<style\b|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=\"", re.IGNORECASE)
VAGUE = {"utils", "helpers", "common", "manager", "info", "misc", "process_data"}
# The thing acted on, and at most a pair or triple that everybody knows: require(actor, act, row).
MOST_BY_PLACE = 3
# Files that are loaded before or instead of their imports.
LATE_IMPORTS = ("apps.py", "linli/config/cli/")


def test_each_excuse_to_a_linter_says_why():
    silent = [
        f"{path}:{number}"
        for path in files(".py")
        for number, line in enumerate(text(path).splitlines(), start=1)
        if (found := EXCUSE.search(line)) and "EXCUSE = " not in line
        if not (set("[:") & set(found["rest"]) and found["reason"])
    ]

    assert "\n".join(silent) == ""


def test_no_file_names_a_registry_or_locks_addresses():
    kept = [path for path in kept_files() if path.suffix not in {".png", ".woff2", ".gz"}]

    naming = [f"{path}: {host}" for path in kept for host in HOSTS if host in _words_of(path)]
    locks = [path for path in kept if path.name in {"uv.lock", "pylock.toml", "poetry.lock"}]

    assert (naming, locks) == ([], [])


def test_no_template_carries_style_or_script():
    found = [
        f"{path}:{number}"
        for path in files(".html", under="linli")
        for number, line in enumerate(text(path).splitlines(), start=1)
        if INLINE.search(line)
    ]

    assert "\n".join(found) == ""


def test_templates_translate_with_one_tag_only():
    assert [str(p) for p in files(".html", under="linli") if "blocktrans" in text(p)] == []


def test_imports_stand_at_the_top():
    late = [
        f"{path}:{node.lineno}"
        for path in files(".py", under="linli")
        if not str(path).endswith(LATE_IMPORTS[0]) and not str(path).startswith(LATE_IMPORTS[1])
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        if "# noqa: PLC0415  # " not in text(path).splitlines()[node.lineno - 1]
    ]

    assert "\n".join(late) == ""


def test_no_module_has_a_name_that_says_nothing():
    assert [str(path) for path in files(".py") if path.stem in VAGUE] == []


def test_nothing_writes_through_signals_or_save_overrides():
    found = [
        f"{path}:{function.lineno}"
        for path in files(".py", under="linli/domain")
        for function in functions(path)
        if function.name == "save"
    ]
    signals = [str(p) for p in files(".py", under="linli") if "django.db.models.signals" in text(p)]

    assert (found, signals) == ([], [])


def test_every_public_service_is_typed_documented_and_told_by_name():
    faults = [fault for path in _service_files() for fault in _service_faults(path)]

    assert "\n".join(faults) == ""


def test_nothing_below_the_edge_reads_the_wall_clock():
    floors = ("linli/domain", "linli/kernel", "linli/methods", "linli/insight")
    calls = re.compile(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|time\.time\(|utc_now\(\)")
    found = [
        f"{path}:{number}"
        for path in files(".py", under="linli")
        if str(path).startswith(floors) and not is_test(path) and path.name != "clock.py"
        for number, line in enumerate(text(path).splitlines(), start=1)
        if calls.search(line)
    ]

    assert "\n".join(found) == ""


def _service_files() -> list[Path]:
    return [p for p in files(".py", under="linli/domain") if "services" in p.parts]


def _service_faults(path: Path):
    public = _public_names(Path(*path.parts[: path.parts.index("services") + 1]))
    for node in tree(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        where = f"{path}:{node.lineno} {node.name}"
        if ast.get_docstring(node) is None:
            yield f"{where} has no docstring"
        if node.returns is None or any(a.annotation is None for a in node.args.args):
            yield f"{where} is not fully typed"
        if node.name in public and len(node.args.args) > MOST_BY_PLACE:
            yield f"{where} takes {len(node.args.args)} arguments by place"


def _public_names(package: Path) -> set[str]:
    for node in tree(package / "__init__.py").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def _words_of(path: Path) -> str:
    try:
        return text(path)
    except UnicodeDecodeError:
        return ""
