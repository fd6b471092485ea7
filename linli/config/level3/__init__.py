"""The technical items of level 3 (等保三级), asserted of the installation that runs.

`items.yaml` says what is asked; each item names checks, and each check is a function that yields
assertions. What no program can see stands in the list too, with where it is answered.
"""

from linli.config.level3.items import Item, items
from linli.config.level3.report import (
    Outcome,
    examine,
    figures_of,
    last_results,
    note_results,
    table_of,
)

__all__ = [
    "Item",
    "Outcome",
    "examine",
    "figures_of",
    "items",
    "last_results",
    "note_results",
    "table_of",
]
