"""How a long list says where one is."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.kernel.paging import Page
from linli.web.ui.wording import number_text


def page_of(request: HttpRequest) -> int:
    """Return the page that an address asks for, the first where it names none."""
    number = request.GET.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1


def range_words(page: Page[object]) -> str:
    """Say which rows of how many a page shows."""
    if page.total == 0:
        return _("没有记录")
    first = (page.number - 1) * page.size + 1
    words = {
        "first": number_text(first),
        "last": number_text(min(page.total, page.number * page.size)),
        "total": number_text(page.total),
    }
    if page.is_counted:
        return _("第 %(first)s～%(last)s 条，共 %(total)s 条") % words
    return _("第 %(first)s～%(last)s 条，共 %(total)s 条以上") % words


def page_steps(page: Page[object]) -> Sequence[int]:
    """Return the page numbers to link, 0 where some are left out.

    >>> page_steps(Page(items=(), number=5, size=10, total=95))
    [1, 0, 4, 5, 6, 0, 10]
    """
    near = {1, page.number - 1, page.number, page.number + 1, page.pages}
    steps: list[int] = []
    for number in sorted(n for n in near if 1 <= n <= page.pages):
        if steps and number - steps[-1] == 2:
            steps.append(number - 1)
        elif steps and number - steps[-1] > 2:
            steps.append(0)
        steps.append(number)
    return steps
