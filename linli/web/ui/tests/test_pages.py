import pytest
from django.test import Client

pytestmark = pytest.mark.urls("linli.web.ui.tests.urls")
MIDDLEWARE = "linli.web.ui.middleware.ErrorPages"


@pytest.fixture(autouse=True)
def error_pages(settings):
    if MIDDLEWARE not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, MIDDLEWARE]


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def test_absent_and_forbidden_answer_the_same_bytes(browser: Client):
    answers = [
        browser.get(f"/fail/{name}")
        for name in ("absent", "forbidden", "absent-django", "forbidden-django")
    ] + [browser.get("/no/such/address")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("moved-on", 409, "这件工单已经转办，不能再派。"),
        ("rejected", 400, "电话少一位。"),
        ("down", 503, "短信平台没有回应。"),
    ],
)
def test_an_error_says_its_own_sentence(browser: Client, name: str, status: int, sentence: str):
    answer = browser.get(f"/fail/{name}")
    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_an_error_speaks_the_language_of_the_reader(browser: Client):
    answer = browser.get("/fail/moved-on", headers={"accept-language": "en"})
    assert "This case has been dispatched." in answer.content.decode()
    assert '<html lang="en">' in answer.content.decode()


def test_a_fault_tells_a_reference_that_the_log_holds_and_nothing_else(browser: Client, caplog):
    answer = browser.get("/fail/fault")
    told = answer.content.decode()
    logged = [record.getMessage() for record in caplog.records if record.name == "linli.web"]
    reference = logged[0].rsplit(" ", 1)[-1]
    assert answer.status_code == 500
    assert reference in told
    assert "secret detail" not in told


def test_error_pages_are_not_kept(browser: Client):
    assert browser.get("/fail/absent")["Cache-Control"] == "no-store"


def test_error_pages_carry_no_form_and_no_token(browser: Client):
    assert "csrf" not in browser.get("/fail/absent").content.decode()


@pytest.mark.parametrize(
    ("lang", "tag", "words"), [("zh-hans", "zh-CN", "组件样张"), ("en", "en", "")]
)
def test_the_pattern_page_shows_in_both_languages(browser: Client, lang, tag, words):
    answer = browser.get("/-/patterns", headers={"accept-language": lang})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{tag}">' in html
    assert words in html


def test_the_map_of_the_pattern_page_has_areas(browser: Client):
    answer = browser.get("/-/patterns/areas.json").json()
    assert {area["properties"]["class"] for area in answer["features"]} == set(range(6))


def test_the_language_is_switched_by_a_post_and_comes_back(browser: Client):
    answer = browser.post("/-/i18n/setlang/", {"language": "en", "next": "/-/patterns"})
    assert answer.status_code == 302
    assert '<html lang="en">' in browser.get("/-/patterns").content.decode()


@pytest.mark.django_db
def test_the_sign_of_life_asks_the_database(browser: Client):
    answer = browser.get("/-/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
