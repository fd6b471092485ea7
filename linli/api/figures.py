"""Public figures: the one part of the API that takes no key.

Serves: R129 X01 R081.
"""

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router

from linli.api.document import told
from linli.api.schemas import FiguresListed, FiguresOut
from linli.domain.figures.selectors import published_release, published_releases, tables_of

router = Router()
Number = Annotated[int, Path(description="Number of a release.", ge=1, le=1_000_000, examples=[3])]


@router.get("", response=list[FiguresListed], auth=None, summary="List public figures")
def list_figures(request: HttpRequest) -> list[FiguresListed]:
    """What has been released, the newest period first. Takes no key."""
    return [FiguresListed.of(release) for release in published_releases()]


@router.get(
    "/{release}",
    response=FiguresOut,
    auth=None,
    summary="The figures of one release",
    openapi_extra=told(404, 422),
)
def get_figures(request: HttpRequest, release: Number) -> FiguresOut:
    """All counts of one release; what is withheld is null. Takes no key."""
    found = published_release(release)
    return FiguresOut.of(found, tables_of(found))
