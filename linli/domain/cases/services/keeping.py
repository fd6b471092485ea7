"""One save of a case for each command: what it changes is collected and stored at its end.

Not public.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from linli.domain.cases.models import Case

Asked = ParamSpec("Asked")
Came = TypeVar("Came")
# The cases of the command that runs, each with the fields that are to be stored.
_UNSAVED: ContextVar[dict[int, tuple[Case, set[str]]] | None] = ContextVar("unsaved", default=None)


def command(verb: Callable[Asked, Came]) -> Callable[Asked, Came]:
    """Carry a verb out in one transaction, and store what it kept of its cases once, at its end.

    Where verbs call each other, each begins with everything stored.
    """

    @transaction.atomic
    @wraps(verb)
    def carried_out(*args: Asked.args, **named: Asked.kwargs) -> Came:
        _store()
        before = _UNSAVED.set({})
        try:
            came = verb(*args, **named)
            _store()
        finally:
            _UNSAVED.reset(before)
        return came

    return carried_out


def keep(case: Case, *fields: str) -> None:
    """Store fields of a case: at the end of the command that runs, at once where none does."""
    unsaved = _UNSAVED.get()
    if unsaved is None:
        case.save(update_fields=fields)
    else:
        unsaved.setdefault(id(case), (case, set()))[1].update(fields)


def _store() -> None:
    unsaved = _UNSAVED.get() or {}
    for case, fields in unsaved.values():
        case.save(update_fields=sorted(fields))
    unsaved.clear()
