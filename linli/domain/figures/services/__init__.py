"""Public verbs of figures. Anything else is private to the app."""

from linli.domain.figures.services.preparing import Draft, draft_release, prepare_release
from linli.domain.figures.services.publishing import publish_release

__all__ = ["Draft", "draft_release", "prepare_release", "publish_release"]
