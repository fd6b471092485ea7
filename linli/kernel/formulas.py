"""Cells of the tables that we write: a spreadsheet must take none of them for a formula."""

# With these a spreadsheet takes a text for a formula, also behind blanks; also full-width.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
CELL_CHARS = 32_000  # a spreadsheet's cell holds 32,767
_GUARD = "'"


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe stands before what looks a formula.

    >>> harmless("=cmd|'/c calc'!A0")
    "'=cmd|'/c calc'!A0"
    """
    text = text.encode("utf-8", "replace").decode()
    if len(text) > CELL_CHARS:
        text = f"{text[:CELL_CHARS]}…（{len(text)}）"
    return f"{_GUARD}{text}" if _runs(text) else text


def unguarded(text: str) -> str:
    """Return a cell without the apostrophe that `harmless` set, so that a file can come back.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith(_GUARD) and _runs(text[1:]) else text


def _runs(text: str) -> bool:
    return text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS)
