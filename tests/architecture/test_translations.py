"""Everything that a face says in Chinese, it can say in English."""

import re

from linli.config.messages import LOCALE, merged
from tests.architecture.sources import files, is_test, text

CALLS = re.compile(r'(?:_|noop|gettext_lazy|gettext_noop)\(\s*"([^"]*[\u4e00-\u9fff][^"]*)"')
TAGS = re.compile(r"""translate ["']([^"']*[\u4e00-\u9fff][^"']*)["']""")


def test_every_sentence_of_the_faces_has_its_english():
    parts = sorted((LOCALE / "en" / "parts").glob("*.po"))
    known = {entry.msgid for entry in merged(parts, language="en")}
    said = {
        (str(path), words)
        for ending, pattern in ((".py", CALLS), (".html", TAGS))
        for path in files(ending, under="linli/web")
        if not is_test(path)
        for words in pattern.findall(text(path))
    }
    assert sorted(f"{path}: {words}" for path, words in said if words not in known) == []
