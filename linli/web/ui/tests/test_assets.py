"""What can be held by a machine: contrast, sizes, no inline style or script, words in English."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

UI = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((UI / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
CSS = sorted((UI / "static/ui/css").glob("*.css"))
JS = sorted((UI / "static/ui/js").glob("*.js"))
PARTS = UI.parents[1] / "locale/en/parts"
CSS_BYTES, JS_BYTES, LINES = 40_000, 20_000, 120
TEXT_CONTRAST, CONTROL_CONTRAST = 4.5, 3.0


def tokens() -> dict[str, str]:
    source = (UI / "static/ui/css/tokens.css").read_text()
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", source))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT_PAIRS = [
    ("ink", "white"), ("ink", "surface"), ("ink", "accent-tint"), ("ink", "error-tint"),
    ("ink", "success-tint"), ("ink-2", "white"), ("ink-2", "surface"), ("ink-2", "accent-tint"),
    ("accent", "white"), ("accent", "surface"), ("accent", "accent-tint"),
    ("accent-strong", "accent-tint"), ("white", "accent"), ("white", "accent-strong"),
    ("error", "white"), ("error", "error-tint"), ("white", "error"), ("white", "error-strong"),
    ("success", "white"), ("success", "success-tint"), ("white", "ink"),
    *((f"{name}-text", f"{name}-solid") for name in ("blue", "yellow", "orange", "red")),
    *((f"{name}-ink", f"{name}-tint") for name in ("blue", "yellow", "orange", "red")),
    *(("accent", f"{name}-tint") for name in ("blue", "yellow", "orange", "red")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str):
    colours = tokens()
    assert contrast(colours[text], colours[ground]) >= TEXT_CONTRAST


@pytest.mark.parametrize("name", ["control", "focus", "warning-outline"])
def test_borders_of_controls_are_seen(name: str):
    colours = tokens()
    assert contrast(colours[name], colours["white"]) >= CONTROL_CONTRAST


def test_only_tokens_hold_colours():
    others = [path for path in CSS if path.name not in ("tokens.css", "print.css")]
    assert not [
        path.name for path in others if re.search(r"#[0-9a-fA-F]{3,8}\b[;\s,)]", path.read_text())
    ]


def test_only_token_names_that_exist_are_used():
    source = "".join(path.read_text() for path in CSS)
    used = set(re.findall(r"var\(--([\w-]+)", source))
    known = set(re.findall(r"--([\w-]+):", source))
    assert used <= known


@pytest.mark.parametrize(("files", "limit"), [(CSS, CSS_BYTES), (JS, JS_BYTES)])
def test_what_the_browser_fetches_stays_small(files: list[Path], limit: int):
    assert sum(path.stat().st_size for path in files) <= limit


@pytest.mark.parametrize("path", [*CSS, *JS, *TEMPLATES], ids=lambda path: path.name)
def test_files_stay_short(path: Path):
    assert len(path.read_text().splitlines()) <= LINES


def test_every_sheet_is_reached_from_the_entry():
    entry = (UI / "static/ui/css/ui.css").read_text()
    assert set(re.findall(r'url\("([\w-]+\.css)"\)', entry)) == {p.name for p in CSS} - {"ui.css"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_holds_inline_style_or_script(path: Path):
    source = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)


@pytest.mark.parametrize(
    "path", sorted((UI / "templates/ui").rglob("*.html")), ids=lambda p: p.name
)
def test_each_component_says_what_it_takes(path: Path):
    assert "{% comment %}" in path.read_text()


def test_each_behaviour_that_a_page_names_exists():
    named = set(chain(*(
        names.split()
        for path in PAGES
        for names in re.findall(r'data-behaviour="([^"{]+)"', path.read_text())
    )))  # fmt: skip
    table = set(
        re.findall(
            r'^  "([\w-]+)": \(\) => import', (UI / "static/ui/js/main.js").read_text(), re.M
        )
    )
    assert named <= table
    assert table <= {path.stem for path in JS}


def test_each_icon_that_a_page_names_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (UI / "static/ui/icons.svg").read_text()))
    named = {
        n for path in PAGES for n in re.findall(r'(?:icon |icon=)"([\w-]+)"', path.read_text())
    }
    assert named <= sprite
    assert finders.find("ui/icons.svg")


def source_texts() -> set[str]:
    texts = {
        double or single
        for path in TEMPLATES
        for double, single in re.findall(
            r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""", path.read_text()
        )
    }
    markers = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
    for path in chain(UI.glob("*.py"), (UI / "templatetags").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in markers and isinstance(first, ast.Constant):
                    texts.add(str(first.value))
    return texts


def test_everything_a_person_reads_is_said_in_english_too():
    told = "".join(part.read_text() for part in sorted(PARTS.glob("*.po")))
    missing = [text for text in source_texts() if f'msgid "{text}"\n' not in told]
    assert not missing
