import pytest

from linli.domain.access.models import User


@pytest.mark.django_db
def test_an_account_is_found_by_its_username():
    User.objects.create(username="zhang", name="张")
    assert User.objects.get_by_natural_key("zhang").name == "张"
