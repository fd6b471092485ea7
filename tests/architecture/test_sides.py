"""What waits beside the road of a case is named in one place."""

import ast

from linli.domain.cases.rules import sides
from tests.architecture.sources import files, is_test, tree

NAMES = {sides.EXTENSION, sides.EXCLUSION, sides.SUPERVISION}
# A column of the case, or of an ending, has the same name as the item that leads to it.
COLUMNS = {
    "linli/domain/cases/rules/sides.py",
    "linli/domain/cases/rules/past.py",
    "linli/domain/cases/selectors/figures.py",
    "linli/domain/cases/services/notes.py",
}


def test_no_side_item_is_named_by_a_string_of_its_own():
    said = [
        str(path)
        for under in ("linli/domain/cases", "linli/web", "linli/jobs", "linli/api")
        for path in files(".py", under=under)
        if not is_test(path) and "migrations" not in path.parts and str(path) not in COLUMNS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in NAMES
    ]

    assert said == []
