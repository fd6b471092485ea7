"""All settings of Linli. What may differ between installations comes from `options`."""

from pathlib import Path

from linli.config import options
from linli.config.anchor import anchor_of
from linli.config.attachment_files import files_of
from linli.config.database.folders import linli_home
from linli.config.database.url import address, django_database
from linli.config.headers import content_policy
from linli.config.master_keys import FileKeeper
from linli.config.seal_keys import seal_keys_of
from linli.config.secret_key import secret_key
from linli.config.uploads import HANDLERS
from linli.domain.audit.ports import AnchorStore, SealKeys
from linli.domain.vault.ports import KeyKeeper
from linli.kernel.egress import Policy, listed_of
from linli.kernel.errors import Rejected

options.refuse_unknown()

BASE_DIR = Path(__file__).resolve().parents[2]
LINLI_ENV = options.text("LINLI_ENV")
LINLI_HOME = linli_home()
LINLI_ROLE = options.text("LINLI_ROLE") or ("owner" if LINLI_ENV == "test" else "web")
LINLI_PACKS = Path(options.text("LINLI_PACKS") or BASE_DIR / "packs")
IS_PRODUCTION = LINLI_ENV == "production"
ALLOW_DEMO_USERS = not IS_PRODUCTION  # their passwords are known to everybody

DEBUG = False
SECRET_KEY = secret_key(
    LINLI_HOME, given=options.text("LINLI_SECRET_KEY"), is_test=LINLI_ENV == "test"
)
SECRET_KEY_FALLBACKS = options.words("LINLI_OLD_SECRET_KEYS")
ALLOWED_HOSTS = options.words("LINLI_HOSTS")
if IS_PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise Rejected(
        "正式运行须在 LINLI_HOSTS 中写明网站主机名，不能为空或 *，否则任何域名都能冒充本站。",
        "Production needs the site's host names in LINLI_HOSTS, neither empty nor *: "
        "else any domain could pose as this site.",
        field="LINLI_HOSTS",
    )
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if IS_PRODUCTION else []

# --- what is installed
INSTALLED_APPS = [
    "linli.domain.audit",
    "linli.domain.access",
    "linli.domain.vault",
    "linli.domain.places",
    "linli.domain.catalogue",
    "linli.domain.organisations",
    "linli.domain.cases",
    "linli.domain.ledgers",
    "linli.domain.needs",
    "linli.domain.figures",
    "linli.domain.attachments",
    "linli.domain.care",
    "linli.domain.privacy",
    "linli.insight",
    "linli.web.ui",
    "linli.web.portal",
    "linli.web.desk",
    "linli.web.cockpit",
    "linli.web.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "linli.adapters.oidc",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "linli.config.headers.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.config.walling.Wall",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "linli.config.room.FreeSpaceFloor",
    "linli.api.answers.ProblemAnswers",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "linli.config.guarding.AccountGuard",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.web.ui.middleware.ErrorPages",
]
ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- data

DATABASES = {
    "default": django_database(
        address(options.text("LINLI_DATABASE_URL"), LINLI_HOME), role=LINLI_ROLE
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# allauth counts its refusals here: one counter for all processes, not one for each.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "linli_cache",
        # Whoever floods the table must not wash out the counters: Django keeps 300 by default.
        "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 10},
    }
}
PROCRASTINATE_ON_APP_READY = None

# --- who signs in, and how

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["linli.config.accounts.StaffBackend"]
PASSWORD_HASHERS = ["linli.config.hashers.StaffPasswordHasher"]
LINLI_PASSWORD_LENGTH = options.integer("LINLI_PASSWORD_LENGTH", least=8)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": LINLI_PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "linli.config.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Counted before a password is hashed. 5 wrong ones for a name in 5 minutes, 10 a minute from an
# address; an office behind one address has 60 sign-ins a minute, right ones included.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# For all strangers together: 150 hashes of 61 ms are 15 % of one core.
LINLI_GUESSES_EVERYWHERE = "150/m/key"
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "linli.config.second_step.CodeForm",
    "authenticate_webauthn": "linli.config.second_step.PasskeyForm",
    "login_webauthn": "linli.config.second_step.AloneForm",
    "reauthenticate_webauthn": "linli.config.second_step.AgainForm",
    "add_webauthn": "linli.config.second_step.AddForm",
}
MFA_ADAPTER = "linli.config.second_factor.SealingMFAAdapter"
MFA_TOTP_ISSUER = "Linli"
USERSESSIONS_TRACK_ACTIVITY = False
LINLI_OIDC_ISSUER = options.text("LINLI_OIDC_ISSUER")
LINLI_OIDC_CLAIM = options.text("LINLI_OIDC_CLAIM")
LINLI_OIDC_CREATE = options.flag("LINLI_OIDC_CREATE")
if IS_PRODUCTION and LINLI_OIDC_ISSUER and not LINLI_OIDC_ISSUER.startswith("https://"):
    raise Rejected(
        "正式运行时 LINLI_OIDC_ISSUER 须是 https 地址，否则登录可被冒充。",
        "In production LINLI_OIDC_ISSUER must be an https address: else sign-ins can be forged.",
        field="LINLI_OIDC_ISSUER",
    )
# Whom Linli may call. By http this machine alone, for tests and trials.
LINLI_EGRESS = Policy(
    hosts=tuple(map(listed_of, options.words("LINLI_EGRESS_HOSTS"))),
    with_loopback=not IS_PRODUCTION,
)
LINLI_EGRESS_TRUST = options.text("LINLI_EGRESS_TRUST")
SOCIALACCOUNT_ADAPTER = "linli.adapters.oidc.linking.StaffSocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "oidc": {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": options.text("LINLI_OIDC_NAME"),
                "client_id": options.text("LINLI_OIDC_CLIENT_ID"),
                "secret": options.text("LINLI_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": LINLI_OIDC_ISSUER.rstrip("/")},
            }
        ]
        if LINLI_OIDC_ISSUER
        else []
    }
}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

SESSION_ENGINE = "linli.config.sessions"
SESSION_COOKIE_AGE = 60 * options.integer("LINLI_SESSION_MINUTES", least=5)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "linli.web.ui.pages.stale_form"

# --- what the browser is told

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_policy(LINLI_OIDC_ISSUER)
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # The prefix makes browsers refuse the cookie from a sister domain.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
if options.flag("LINLI_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Else everybody would count as one address, the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# A page's longest text plus room, so that the form, not the server, says what is too long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = HANDLERS

# --- language and time

LANGUAGE_CODE = options.text("LINLI_LANGUAGE")
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "linli" / "locale"]
TIME_ZONE = options.text("LINLI_TIME_ZONE")
USE_TZ = True
FORMAT_MODULE_PATH: list[str] = []

# --- how this installation counts and chains

LINLI_REGION = options.text("LINLI_REGION")
LINLI_STANDARD = options.text("LINLI_STANDARD")
LINLI_JOURNAL_HASH = options.text("LINLI_JOURNAL_HASH")
LINLI_CRYPTO = options.text("LINLI_CRYPTO")
LINLI_KEY_KEEPER: KeyKeeper = FileKeeper(Path(options.text("LINLI_KEYS") or LINLI_HOME / "keys"))

# Where the journal's seals lie, what signs them, and how long it may be silent.
LINLI_ANCHOR: AnchorStore = anchor_of(LINLI_HOME)
LINLI_ATTACHMENTS = files_of(LINLI_HOME)
LINLI_LEDGER_CASES = "linli.config.plugs.CasesInReach"
LINLI_SEAL_KEYS: SealKeys = seal_keys_of(LINLI_HOME)
LINLI_SEAL_HEARTBEAT_S = 60 * options.integer("LINLI_SEAL_HEARTBEAT_MINUTES", least=1)

# --- files served

STATIC_URL = "/static/"
STATIC_ROOT = LINLI_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LINLI_ENV == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- log: to standard error, for whoever keeps logs; no bodies, no names

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": options.text("LINLI_LOG_LEVEL")},
    "loggers": {"procrastinate.blueprints": {"level": "WARNING"}},
}
