"""Django settings that work without any project: the books of one data folder."""

import os
import secrets
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from mingzhang.records.database import database_settings, default_address, home

DATABASES = {"default": database_settings(default_address())}
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["mingzhang.records.people", "mingzhang.records"]
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
