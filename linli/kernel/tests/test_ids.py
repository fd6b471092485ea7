from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.ids import (
    case_number,
    is_case_number,
    normalise_receipt,
    public_id,
    receipt_code,
)


@given(st.integers(0, 999_999_999), st.data())
def test_one_wrong_digit_in_a_case_number_is_found(serial, data):
    number = case_number(date(2026, 11, 24), serial)
    places = [i for i, letter in enumerate(number) if letter.isdigit()]
    place = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))

    assert is_case_number(number)
    assert not is_case_number(number[:place] + wrong + number[place + 1 :])


def test_public_ids_are_short_and_do_not_repeat():
    ids = {public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(each) == 26 for each in ids)


def test_a_receipt_code_is_read_back_however_it_is_typed():
    code = receipt_code()
    assert normalise_receipt(code.lower().replace("-", " ")) == code
