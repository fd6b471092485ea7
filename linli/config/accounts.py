"""How signing in differs from allauth's defaults."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator; residents need none."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse to let anybody make an account for himself."""
        return False
