"""Django settings of the portal: those of the books, and what pages need. Secrets and addresses come from the environment."""

from __future__ import annotations

import os

from mingzhang.records.settings import *  # noqa: F403
from mingzhang.records.settings import INSTALLED_APPS as RECORDS_APPS
from mingzhang.write.html import TEMPLATES as REPORT_TEMPLATES

DEBUG = False
ALLOWED_HOSTS = os.environ.get("MINGZHANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("MINGZHANG_ORIGINS", "").split(",") if origin]
SECURE = os.environ.get("MINGZHANG_HTTPS", "") == "1"
"""Whether a proxy in front speaks HTTPS: then cookies are secure and HSTS is sent."""

INSTALLED_APPS = [
    *RECORDS_APPS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_htmx",
    "mingzhang.portal",
]

MIDDLEWARE = [
    "mingzhang.portal.middleware.requests.RequestLog",
    "mingzhang.portal.middleware.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mingzhang.portal.middleware.sessions.IdleSessions",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mingzhang.portal.urls"
WSGI_APPLICATION = "mingzhang.portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [os.path.join(os.path.dirname(__file__), "templates"), str(REPORT_TEMPLATES)],
        "OPTIONS": {
            "environment": "mingzhang.portal.environment.environment",
            "context_processors": ["mingzhang.portal.environment.form_token"],
        },
    },
]

# Static files are served from the package as they are; the address carries the version (environment.static).
STATIC_URL = "/static/"
STATICFILES_DIRS = [("report", str(REPORT_TEMPLATES / "shared"))]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000

# -- logging in ----------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "mingzhang.portal.login.ActiveUsers",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "mingzhang.portal.login.UnlikeTheName", "OPTIONS": {"user_attributes": ("username", "name")}},
    {"NAME": "mingzhang.portal.login.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "mingzhang.portal.login.Uncommon"},
    {"NAME": "mingzhang.portal.login.ThreeKinds"},
]  # fmt: skip
SECOND_FACTOR = os.environ.get("MINGZHANG_SECOND_FACTOR", "on") != "off"
"""Whether those who approve or administer must enter a one-time code; off only for trying the software out."""

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "mingzhang.portal.login.locked_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "mingzhang.portal.client.address"

SESSION_ENGINE = "mingzhang.portal.sessions"
IDLE_MINUTES = int(os.environ.get("MINGZHANG_IDLE_MINUTES", "30"))
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mingzhang.portal.errors.csrf_failed"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

API_PER_MINUTE = int(os.environ.get("MINGZHANG_API_PER_MINUTE", "600"))
"""How many requests a minute a token or session may send to the API, in each process of the portal."""

# -- uploads -------------------------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "mingzhang.portal.uploading.UploadQuota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# -- logs: one JSON object a line, no personal data ------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mingzhang.portal.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MINGZHANG_LOG_LEVEL", "WARNING")},
    "loggers": {"mingzhang": {"level": os.environ.get("MINGZHANG_LOG_LEVEL", "INFO")}},
}
