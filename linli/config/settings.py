"""All settings of Linli, read from the environment in one place."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
SECRET_KEY = os.environ.get("LINLI_SECRET_KEY", "only-for-tests")
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "linli.domain.audit",
    "linli.domain.access",
    "linli.domain.places",
    "linli.domain.catalogue",
    "linli.domain.organisations",
    "linli.domain.cases",
    "linli.domain.needs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "linli.config.urls"
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "linli",
        "USER": "postgres",
        "HOST": os.environ.get("LINLI_PG_SOCKET", ""),
    }
}
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
LINLI_JOURNAL_HASH = os.environ.get("LINLI_JOURNAL_HASH", "sha256")
