"""The catalogue of data: what it refuses, and how what a table says comes to its columns."""

import pytest

from linli.domain.privacy.rules.catalogue import gaps, read_catalogue
from linli.domain.privacy.selectors.catalogue import FOLDER

TERMS = (FOLDER / "terms.yaml").read_text(encoding="utf-8")
PLAIN = "{zh: 表, en: t, purpose: upkeep, basis: nobody, keep: in_use, seen: nobody, fields: id"


def catalogue(more: str = "", *others: str):
    return read_catalogue(TERMS, [f"t: {PLAIN}{more}}}", *others])


def test_a_column_takes_what_its_table_says_unless_it_says_otherwise():
    """Serves: X01."""
    told = "{fields: name, person: general, basis: duty, group: staff, seen: case.view}"
    first, second = catalogue(f" at, but: [{told}]").of("t")[1:]

    assert (first.name, first.person, first.seen) == ("at", "none", ("nobody",))
    assert (second.name, second.basis, second.keep) == ("name", "duty", "in_use")
    assert second.seen == ("case.view",)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (", but: [{fields: a, purpose: fun}]", "fun is not a term"),
        (", but: [{fields: a, keep: ever}]", "ever is not a term"),
        (", but: [{fields: a, seen: case.peek}]", "nobody is called case.peek"),
        (", but: [{fields: a, person: general, basis: duty}]", "belongs to a group"),
        (", but: [{fields: a, group: staff}]", "belongs to a group"),
        (", but: [{fields: a, person: general, group: staff}]", "needs a basis"),
        (", but: [{fields: id}]", "stands twice"),
    ],
)
def test_what_does_not_fit_together_is_refused(more, fault):
    with pytest.raises(ValueError, match=fault):
        catalogue(more)


def test_a_table_stands_once_and_says_the_needful():
    with pytest.raises(ValueError, match="t stands twice"):
        catalogue("", f"t: {PLAIN}}}")
    with pytest.raises(ValueError, match="purpose, basis, keep, seen not said"):
        read_catalogue(TERMS, ["t: {zh: 表, en: t, fields: id}"])


def test_a_new_column_and_one_that_is_gone_are_both_told():
    found = gaps(catalogue(" old"), {"t": ["id", "new"], "u": ["id"]})

    assert found == [
        "t.new: not in the catalogue",
        "u.id: not in the catalogue",
        "t.old: not in the database",
    ]
