"""The map leads to places that exist."""

import re
from pathlib import Path

from tests.architecture.sources import ROOT, text

MAP = Path("docs/map.md")
PLACE = re.compile(r"`((?:linli|packs|tests|docs)/[^`\s]*)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")


def test_every_file_and_folder_that_the_map_names_is_there():
    named = [found.rstrip("/") for found in PLACE.findall(text(MAP))]

    lost = [place for place in named if not (ROOT / place.partition("::")[0]).exists()]

    assert lost == []
    assert len(named) > 40


def test_what_the_map_names_inside_a_file_is_there():
    for place in PLACE.findall(text(MAP)):
        path, _, name = place.partition("::")
        assert not name or f"def {name}(" in text(Path(path)), place


def test_every_link_of_the_documents_leads_somewhere():
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md"]

    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]

    assert broken == []
