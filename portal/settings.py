"""Settings of Open Kraków, in the order of Django's reference.

Defaults are those of production; whatever differs between machines comes from
the environment. ``.env.example`` lists every variable that is read here.
"""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from languages.available import AVAILABLE_LANGUAGES, SOURCE_LANGUAGE
from offices.telephones import TelephoneError, spelled

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

environment.read_file(BASE_DIR / ".env")

ENVIRONMENT = environment.text("ENVIRONMENT", "production")
if ENVIRONMENT not in {"production", "local"}:
    raise ImproperlyConfigured(f"ENVIRONMENT is {ENVIRONMENT!r}; it must be production or local.")
IS_LOCAL = ENVIRONMENT == "local"

if not IS_LOCAL:
    missing = [
        name
        for name in ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS")
        if not environment.several(name)
    ]
    if missing:
        raise ImproperlyConfigured(
            f"Not set: {', '.join(missing)}. Production needs SECRET_KEY, DATABASE_URL and "
            "ALLOWED_HOSTS; see .env.example. On your own machine run `make setup`, which writes "
            "an .env with ENVIRONMENT=local."
        )


def _local_secret_key() -> str:
    """A key of this checkout's own, made once and kept under var/."""
    path = VAR_DIR / "secret_key"
    try:
        if not path.exists():
            VAR_DIR.mkdir(parents=True, exist_ok=True)
            # Written aside and linked into place: of two processes at once, one wins whole.
            with tempfile.NamedTemporaryFile("w", dir=VAR_DIR) as fresh:
                fresh.write(secrets.token_urlsafe(50))
                fresh.flush()
                with suppress(FileExistsError):
                    os.link(fresh.name, path)
        key = path.read_bytes().decode("ascii", errors="replace").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot keep a key in {path}: {error.strerror}. Free some space on the disk, or see "
            f"that your account may write to {VAR_DIR} and owns what is in it; or set SECRET_KEY."
        ) from error
    if not re.fullmatch(r"[\w-]{50,}", key, re.ASCII):
        raise ImproperlyConfigured(
            f"What {path} holds is no key. Delete it: a new one is made at the next start, and "
            "whoever was logged in logs in once more."
        )
    return key


def _local_database() -> dict[str, Any]:
    from portal.embedded_postgres import EmbeddedPostgresError, database

    try:
        return database(VAR_DIR)
    except EmbeddedPostgresError as error:
        raise ImproperlyConfigured(str(error)) from error


# Core

DEBUG = environment.yes_or_no("DEBUG", False)
SECRET_KEY = environment.text("SECRET_KEY") or _local_secret_key()
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.several("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.redirects",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.sites",
    "portal",  # before the next: its runserver listens on HOST:PORT
    "django.contrib.staticfiles",
    "django.forms",  # so that widgets find their templates in our folder
    "csp",
    "django_prose_editor",
    "js_asset",
    "procedures",
    "offices",
    "glossary",
    "publishing",
    "languages",
]

MIDDLEWARE = [
    "portal.frames.room_for_frames",  # around all that calls deeply
    "portal.middleware.HealthMiddleware",  # before anything that looks at the host
    "portal.middleware.CacheControlMiddleware",  # outermost: redirects and errors arise anywhere
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.RevalidationMiddleware",
    # Before sessions: a reader's language is in the address, never in a session.
    "languages.negotiation.ReaderLanguageMiddleware",
    "portal.middleware.CookieMiddleware",  # before those that read cookies, and set them
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.refusals.RefusalMiddleware",  # before the next: it may log in
    "portal.refusals.FirstPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "publishing.redirects.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# Editors type addresses without a scheme; take them as HTTPS, as Django 6 will.
FORMS_URLFIELD_ASSUME_HTTPS = True

# Database

DATABASES = {"default": environment.database("DATABASE_URL") or _local_database()}
DATABASES["default"]["CONN_MAX_AGE"] = environment.whole_number("CONN_MAX_AGE", 60, range(86_401))
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A database that is away is said at once; a reader would not wait longer.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Passwords

# No other has ever been used here, so nothing else is read as a password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# A procedure with all its parts in four languages is one form of about a thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Languages and time

LANGUAGE_CODE = SOURCE_LANGUAGE
LANGUAGES = [(language.code, language.endonym) for language in AVAILABLE_LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "languages.formats"
# Offices keep Kraków time, wherever the reader is.
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

MODELTRANSLATION_DEFAULT_LANGUAGE = SOURCE_LANGUAGE
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": (SOURCE_LANGUAGE,),
    **{language.code: language.fallbacks for language in AVAILABLE_LANGUAGES if language.fallbacks},
}
# Slugs are made from the Polish name, whichever language the editor works in.
MODELTRANSLATION_PREPOPULATE_LANGUAGE = SOURCE_LANGUAGE

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_storage.BundledStaticFilesStorage"},
}
if DEBUG:
    # Read the sources directly, so that a change shows at once.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# Security

# `make run` serves production settings without HTTPS; nothing else should.
USES_HTTPS = environment.yes_or_no("USE_HTTPS", not IS_LOCAL)
SECURE_SSL_REDIRECT = USES_HTTPS
SECURE_HSTS_SECONDS = 63072000 if USES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USES_HTTPS
SECURE_HSTS_PRELOAD = USES_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if environment.yes_or_no("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = USES_HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
# Sessions are for staff alone; they end with the working day.
SESSION_COOKIE_AGE = 10 * 60 * 60
CSRF_COOKIE_SECURE = USES_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.refusals.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # The nonce serves the rich-text editor of the admin alone: it is sent
        # only where a template asks for it.
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Sites and redirects

SITE_ID = 1

# Who runs this copy of the portal; readers see it in the accessibility declaration.

OPERATOR_NAME = environment.text("OPERATOR_NAME")
OPERATOR_EMAIL = environment.text("OPERATOR_EMAIL")
OPERATOR_PHONE = environment.text("OPERATOR_PHONE")
if OPERATOR_PHONE:
    try:
        OPERATOR_PHONE = spelled(OPERATOR_PHONE)
    except TelephoneError as error:
        raise ImproperlyConfigured(
            f"OPERATOR_PHONE is {OPERATOR_PHONE!r}; it must be one telephone number with its area "
            "code, such as +48 12 210 20 20."
        ) from error

# Hours that nobody has checked for longer than this are marked for editors.

HOURS_CHECK_DAYS = environment.whole_number("HOURS_CHECK_DAYS", 90, range(1, 3_651))

# Logging: to standard error, with no addresses of readers and no query strings.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "portal.outages.Formatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        # A logger with no handler at all writes to standard error.
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Wrong Host headers are noise from scanners; they are answered with 400.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
