"""Django settings that work without any project: the books of one data folder."""

import os
import secrets
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from mingzhang.records.database import databases, default_address, home

DATABASES = databases(default_address())
DATABASE_ROUTERS = ["mingzhang.records.routing.Router"]
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "mingzhang.records.people",
    "mingzhang.records",
    "mingzhang.records.casework",
    "mingzhang.records.streams",
    "mingzhang.records.jobs",
    "django_tasks",
    "django_tasks_db",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_DEAD_AFTER = float(os.environ.get("MINGZHANG_JOB_DEAD_AFTER") or 15)
"""Seconds without a sign of life after which a job is taken from its worker."""
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True


def _secret_key() -> str:
    """`MINGZHANG_SECRET_KEY`, else the data folder's own key, made when first asked for."""
    given = os.environ.get("MINGZHANG_SECRET_KEY")
    if given:
        return given
    file = Path(home() / ".mingzhang-secret-key")
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii")


SECRET_KEY = SimpleLazyObject(_secret_key)
