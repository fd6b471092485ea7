import pytest

from linli.domain.cases.selectors import case_by_receipt
from linli.domain.needs.tests.builders import build_read_town, receive, said
from linli.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "first secret " * 5, "second secret " * 5, "third secret " * 5


def test_a_receipt_outlives_the_secret_under_which_it_was_given(settings):
    build_read_town()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = FIRST, []
    first = receive(said())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = THIRD, [SECOND, FIRST]

    assert case_by_receipt(first.receipt) == first.case
    assert receive(said()).receipt == first.receipt

    settings.SECRET_KEY_FALLBACKS = [SECOND]
    with pytest.raises(NotFound):
        case_by_receipt(first.receipt)
