"""What guessing at passwords meets: limits before any hash, the same for all processes.

Serves: R109 R129.
"""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings

from linli.config.hashers import StaffPasswordHasher
from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import create_user
from linli.kernel.clock import utc_now

SIGN_IN = "/accounts/login/"
PASSWORD = "a-long-and-quiet-street"


class CountingHasher(StaffPasswordHasher):
    """The real one, that also counts how often it was asked."""

    asked = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).asked += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        type(self).asked += 1
        return super().verify(password, encoded)


@pytest.fixture
def counting() -> Iterator[type[CountingHasher]]:
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.CountingHasher"]):
        CountingHasher.asked = 0
        yield CountingHasher


@pytest.fixture
def lan(db) -> User:
    cache.clear()
    return create_user("lan", name="王岚", password=PASSWORD, actor=SYSTEM_ACTOR, at=utc_now())


def guess(client: Client, login: str = "lan", password: str = "wrong", ip: str = "198.51.100.1"):
    return client.post(SIGN_IN, {"login": login, "password": password}, REMOTE_ADDR=ip)


def test_passwords_are_kept_by_argon2id_with_46_mib_one_pass_one_lane(lan):
    encoded = User.objects.get().password
    assert encoded.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert not StaffPasswordHasher().must_update(encoded)


def test_an_older_hash_is_renewed_at_the_next_sign_in(lan):
    old = StaffPasswordHasher()
    old.memory_cost = 19 * 1024
    User.objects.update(password=old.encode(PASSWORD, "somesaltsomesalt"))
    guess(Client(), password=PASSWORD)
    assert "m=47104" in User.objects.get().password


def test_once_the_limit_is_hit_nothing_is_hashed_for_known_and_unknown_alike(lan, counting):
    for login in ("lan", "nobody"):
        CountingHasher.asked = 0
        cache.clear()
        for number in range(20):
            guess(Client(), login, ip=f"198.51.100.{number}")
        assert CountingHasher.asked == 5, login


def test_the_right_password_meets_the_limit_too(lan, counting):
    for number in range(5):
        guess(Client(), ip=f"198.51.100.{number}")
    CountingHasher.asked = 0
    client = Client()
    guess(client, password=PASSWORD, ip="198.51.100.99")
    assert client.get("/accounts/2fa/").status_code == 302
    assert CountingHasher.asked == 0


def test_one_address_gets_ten_wrong_ones_a_minute_whatever_the_name(lan, counting):
    for number in range(30):
        guess(Client(), f"name{number}")
    assert CountingHasher.asked == 10


def test_strangers_together_get_150_a_minute_and_known_addresses_are_not_held_by_that(
    lan, counting
):
    office = Client()
    assert guess(office, password=PASSWORD, ip="192.0.2.1").status_code == 302
    with override_settings(LINLI_GUESSES_EVERYWHERE="15/m/key"):
        CountingHasher.asked = 0
        for number in range(40):
            guess(Client(), f"name{number}", ip=f"203.0.113.{number}")
        assert CountingHasher.asked == 15
        late, stranger = Client(), Client()
        guess(stranger, password=PASSWORD, ip="203.0.113.200")
        guess(late, password=PASSWORD, ip="192.0.2.1")
    assert stranger.get("/accounts/2fa/").status_code == 302
    assert late.get("/accounts/2fa/").status_code == 200
    assert settings.LINLI_GUESSES_EVERYWHERE == "150/m/key"


def test_an_unknown_name_costs_the_same_work_and_gets_the_same_bytes(lan, counting):
    answers, work = [], []
    for login in ("lan", "nobody"):
        CountingHasher.asked = 0
        page = guess(Client(), login).content.decode()
        work.append(CountingHasher.asked)
        answers.append(re.sub(r'csrfmiddlewaretoken" value="\w+"|lan|nobody', "", page))
    assert work == [1, 1]
    assert answers[0] == answers[1]


def test_a_shut_account_with_a_wrong_password_looks_like_any_other(lan):
    open_one = guess(Client()).content.decode()
    User.objects.update(is_active=False)
    shut = guess(Client(), ip="198.51.100.7").content.decode()
    token = r'csrfmiddlewaretoken" value="\w+"'
    assert re.sub(token, "", open_one) == re.sub(token, "", shut)


def test_flooding_the_cache_does_not_wash_the_counters_out(lan, counting):
    for number in range(5):
        guess(Client(), ip=f"198.51.100.{number}")
    for number in range(400):
        cache.set(f"flood{number}", 1)
    CountingHasher.asked = 0
    guess(Client(), password=PASSWORD, ip="198.51.100.99")
    assert CountingHasher.asked == 0


@pytest.mark.parametrize(
    "password",
    ["short", "password1234", "qwertyuiop12", "123456789012345"],
)
def test_common_short_and_telling_passwords_are_refused(lan, password):
    client = Client()
    guess(client, password=PASSWORD)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = client.post("/accounts/password/change/", data)
    assert page.status_code == 200
    assert User.objects.get().check_password(PASSWORD)


GUESSER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
django.setup()
from django.db import connection
connection.settings_dict.update(NAME=sys.argv[1], HOST=sys.argv[2])
from django.test import Client
said = [
    Client().post("/accounts/login/", {"login": "lan", "password": "wrong"},
                  SERVER_NAME="localhost",
                  REMOTE_ADDR=f"198.51.100.{int(sys.argv[3]) * 10 + number}").content.decode()
    for number in range(4)
]
print(sum("太多" in page or "过多" in page or "多次" in page for page in said))
"""


@pytest.mark.django_db(transaction=True)
def test_the_limit_is_one_for_all_processes():
    """Three processes, four guesses each, one name: five are looked at, seven are not."""
    cache.clear()
    create_user("lan", name="王岚", password=PASSWORD, actor=SYSTEM_ACTOR, at=utc_now())
    where = connection.settings_dict
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", GUESSER, where["NAME"], str(where["HOST"]), str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    refused = [int(process.communicate(timeout=120)[0].strip() or -1) for process in processes]
    assert sum(refused) == 7
