"""The card of the present stage: what is done, where, in what time, as the standard says.

Serves: R015 R105 R107 R108 R109.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from linli.domain.catalogue.selectors import clock_limit
from linli.web.desk.acts.base import Standing
from linli.web.desk.words import stage_name
from linli.web.ui.languages import is_english


@dataclass(frozen=True)
class Guidance:
    """A stage as a card."""

    title: str
    place: str
    limit: str
    lines: Sequence[str]


def guidance(standing: Standing) -> Guidance | None:
    """Return the card of the stage that a case is in; None once it is closed."""
    stage = standing.stage
    if stage is None:
        return None
    english = is_english()
    limit = stage.own_limit or clock_limit(standing.standard, standing.case.clock_code)
    return Guidance(
        title=stage_name(stage),
        place=stage.place_en if english else stage.place,
        limit=limit.limit.text(get_language() or ""),
        lines=[line.text_en if english else line.text for line in stage.content],
    )
