"""The language that a page is shown in, and words of the domain in it."""

from django.utils.translation import get_language


def is_english() -> bool:
    """Whether the page is shown in English."""
    return (get_language() or "").startswith("en")
