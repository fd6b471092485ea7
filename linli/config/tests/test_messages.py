import gettext

import pytest

from linli.config.messages import compile_messages
from linli.kernel.errors import Rejected

WORDS = 'msgid "网格"\nmsgstr "{}"\n'


def _part(locale, name, said):
    parts = locale / "en" / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    (parts / f"{name}.po").write_text(WORDS.format(said), encoding="utf-8")


def test_the_parts_of_a_language_become_one_catalogue(tmp_path):
    _part(tmp_path, "places", "grid")

    (written,) = compile_messages(tmp_path)

    with written.open("rb") as catalogue:
        assert gettext.GNUTranslations(catalogue).gettext("网格") == "grid"


def test_a_catalogue_that_is_fresh_is_left_alone(tmp_path):
    _part(tmp_path, "places", "grid")
    compile_messages(tmp_path)

    assert compile_messages(tmp_path) == []


def test_two_translations_of_the_same_words_are_refused(tmp_path):
    _part(tmp_path, "places", "grid")
    _part(tmp_path, "cases", "mesh")

    with pytest.raises(Rejected, match="网格"):
        compile_messages(tmp_path)
