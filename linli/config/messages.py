"""Compiles the translations that each area keeps in its own file into one catalogue."""

import os
from pathlib import Path

import polib

from linli.kernel.errors import Rejected

LOCALE = Path(__file__).resolve().parents[1] / "locale"
PLURALS = {"en": "nplurals=2; plural=(n != 1);"}


def compile_messages(locale: Path = LOCALE) -> list[Path]:
    """Write `django.mo` of every language from its `parts/*.po`; return those that were stale.

    Raises Rejected where two parts translate the same words differently.
    """
    written = []
    for parts in sorted(locale.glob("*/parts")):
        sources = sorted(parts.glob("*.po"))
        target = parts.parent / "LC_MESSAGES" / "django.mo"
        if _is_stale(target, [parts, *sources]):
            _write(merged(sources, language=parts.parent.name), target)
            written.append(target)
    return written


def merged(sources: list[Path], *, language: str) -> polib.POFile:
    """Return one catalogue of all parts."""
    whole = polib.POFile(check_for_duplicates=False)
    whole.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURALS.get(language, "nplurals=1; plural=0;"),
    }
    seen: dict[tuple[str | None, str], tuple[str, Path]] = {}
    for source in sources:
        for entry in polib.pofile(str(source), encoding="utf-8"):
            said, where = seen.setdefault((entry.msgctxt, entry.msgid), (entry.msgstr, source))
            if where is source and said is entry.msgstr:
                whole.append(entry)
            elif said != entry.msgstr:
                raise Rejected(
                    f"“{entry.msgid}”在 {where.name} 和 {source.name} 中译文不同，请统一。",
                    f"“{entry.msgid}” is translated differently in {where.name} and "
                    f"{source.name}; settle on one.",
                    field=source.name,
                )
    return whole


def _is_stale(target: Path, sources: list[Path]) -> bool:
    if not target.exists():
        return True
    newest = max(source.stat().st_mtime_ns for source in sources)
    return newest > target.stat().st_mtime_ns


def _write(catalogue: polib.POFile, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    catalogue.save_as_mofile(str(draft))
    draft.replace(target)
