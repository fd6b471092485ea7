"""Telephone numbers are taken however they are written; what nobody could dial is not."""

import pytest

from linli.web.ui.forms import LinliForm
from linli.web.ui.phones import PhoneField


class CallForm(LinliForm):
    phone = PhoneField(label="联系电话", required=False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("13800000000", "13800000000"),
        (" １３８ 0000 0000 ", "138 0000 0000"),
        ("+86 138-0000-0000", "+86 138-0000-0000"),
        ("(010) 6555 0000 转 12", "(010) 6555 0000 转 12"),
        ("010－65550000", "010-65550000"),
        ("65550000 ext. 7", "65550000 ext. 7"),
        ("+1 212 555 0100", "+1 212 555 0100"),
    ],
)
def test_numbers_are_kept_as_they_are_written(typed, kept):
    form = CallForm({"phone": typed})

    assert form.is_valid()
    assert form.cleaned_data["phone"] == kept


@pytest.mark.parametrize("typed", ["123abc", "1", "没有", "1380000000000000000", "＝1+1", "a@b.cn"])
def test_what_nobody_could_dial_comes_back_with_an_example(typed):
    form = CallForm({"phone": typed})

    assert not form.is_valid()
    assert "例如" in form.errors["phone"][0]
