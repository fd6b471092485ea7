"""Reading small things that a form sends back."""

from datetime import datetime

from django.http import HttpRequest


def moment_sent(request: HttpRequest, now: datetime, *, name: str = "at") -> datetime:
    """When the page was made, as its form says; what came later has not been seen."""
    try:
        at = datetime.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return now
    return min(at, now) if at.tzinfo is not None else now
