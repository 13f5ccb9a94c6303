"""Django's settings. Everything an installation may change is an environment variable."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from juluo import __version__
from juluo.lib.database_url import parse_database_url
from juluo.lib.email_url import parse_email_url
from juluo.lib.home import data_home

PACKAGE = Path(__file__).resolve().parents[1]
HOME = data_home()
DEBUG = False
TESTING = os.environ.get("JULUO_TESTING") == "1"


def _secret_key() -> str:
    """Return the installation's own key, made once and kept in its home."""
    given = os.environ.get("JULUO_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret.key"
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        # Another process may have been quicker: then its key is the key.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


SECRET_KEY = _secret_key()
_hosts = os.environ.get("JULUO_HOSTS", "")
ALLOWED_HOSTS = [*filter(None, _hosts.split(",")), "localhost", "127.0.0.1", "[::1]", "testserver"]
SITE_ADDRESS = os.environ.get("JULUO_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
SECURE_SITE = SITE_ADDRESS.startswith("https://")
# How many proxies in front may be believed about the client's address: none by default.
TRUSTED_PROXIES = int(os.environ.get("JULUO_TRUSTED_PROXIES", "0"))
# "open" lets strangers make accounts; otherwise staff make them.
SIGN_UP_IS_OPEN = os.environ.get("JULUO_SIGN_UP", "closed") == "open"
# Staff are told nothing that fewer members than this said of themselves.
SMALLEST_GROUP = int(os.environ.get("JULUO_SMALLEST_GROUP", "5"))

INSTALLED_APPS = [
    "juluo.project",
    "juluo.ui",
    "juluo.web",
    "juluo.importers",
    "juluo.domains.reporting",
    "juluo.domains.risks",
    "juluo.domains.finance",
    "juluo.domains.planning",
    "juluo.domains.insights",
    "juluo.domains.search",
    "juluo.domains.moderation",
    "juluo.domains.messaging",
    "juluo.domains.discussions",
    "juluo.domains.webhooks",
    "juluo.domains.notifications",
    "juluo.domains.members",
    "juluo.domains.community",
    "juluo.eventlog",
    "juluo.jobs",
    "juluo.live",
    "django_tasks",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "juluo.project.middleware.CommunityClock",
    "juluo.project.middleware.MemberLanguage",
    "juluo.project.middleware.PrivatePages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "juluo.project.middleware.SignUpLimit",
    "juluo.project.middleware.ClosedPlans",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "juluo.project.urls"
ASGI_APPLICATION = "juluo.project.asgi.application"
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
                "juluo.ui.context.shell",
                "juluo.project.context.community_settings",
                "juluo.project.context.reminders",
                "juluo.project.context.unread",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL")
    if url:
        return parse_database_url(url)
    pragmas = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=10000;"
        "PRAGMA foreign_keys=ON;PRAGMA journal_size_limit=67108864;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-16000"
    )
    return {
        "ENGINE": "juluo.lib.sqlite_queue",
        "NAME": HOME / "juluo.sqlite3",
        # Under ASGI each request has a thread of its own: a kept connection would never be
        # found again, only its open files.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": pragmas,
        },
    }


DATABASES = {"default": _database()}
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Rows of lists as they look, for a minute: drawing them is half of what a page costs.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_ADAPTER = "juluo.project.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "juluo.domains.members.forms.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Verifying needs mail that arrives; a server that has none set up cannot insist on it.
ACCOUNT_EMAIL_VERIFICATION = os.environ.get("JULUO_VERIFY_EMAIL", "optional")
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays; the others end
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Second line behind our own limiter, which all processes share (project/accounts.py).
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "reset_password": "120/m/ip",
    "confirm_email": "1/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "juluo.project.accounts.SecondStepForm",
    "reauthenticate": "juluo.project.accounts.SecondStepAgainForm",
}
MFA_TOTP_ISSUER = "Juluo"

USE_I18N = True
FORMAT_MODULE_PATH = ["juluo.ui.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = os.environ.get("JULUO_LANGUAGE", "en")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE_SITE

STATIC_URL = "/static/"
# By version: what an older version collected is never served by a newer one.
STATIC_ROOT = HOME / "static" / __version__
# WhiteNoise warns about a folder that is not there yet.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Pages work from the package itself; after `juluo manage collectstatic` they are sent compressed.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "ui").is_dir()
WHITENOISE_MAX_AGE = 600
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = HOME / "media"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SITE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SITE else 0
CSRF_FAILURE_VIEW = "juluo.project.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

TASKS = {"default": {"BACKEND": "juluo.jobs.backend.DatabaseBackend"}}

# Any OpenAI-compatible address that ends before /chat/completions; empty means that no language
# model is asked. It may choose words of reports, never numbers.
# Hosts of one's own network that webhooks may call all the same, parted by commas.
OUTGOING_TRUSTED_HOSTS = frozenset(
    each.strip() for each in os.environ.get("JULUO_TRUSTED_HOSTS", "").split(",") if each.strip()
)
LANGUAGE_MODEL_ADDRESS = os.environ.get("JULUO_LANGUAGE_MODEL", "")
LANGUAGE_MODEL_NAME = os.environ.get("JULUO_LANGUAGE_MODEL_NAME", "")
LANGUAGE_MODEL_KEY = os.environ.get("JULUO_LANGUAGE_MODEL_KEY", "")
LANGUAGE_MODEL_SECONDS = float(os.environ.get("JULUO_LANGUAGE_MODEL_SECONDS", "15"))

EMAIL_URL = os.environ.get("JULUO_EMAIL", "")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "outbox"
if EMAIL_URL and not TESTING:
    globals().update(parse_email_url(EMAIL_URL))
DEFAULT_FROM_EMAIL = os.environ.get("JULUO_EMAIL_FROM", "juluo@localhost")
