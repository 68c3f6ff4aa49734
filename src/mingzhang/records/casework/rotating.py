"""Changing keys (更换密钥): a new key for what is sealed from now on, everything sealed and found anew under it, old keys put away when nothing needs them."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from mingzhang.casework.definitions import Field
from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.casework import attachments, documents, personal
from mingzhang.records.casework.duplicates import mark
from mingzhang.records.casework.import_rows import place_of as place_of_row
from mingzhang.records.casework.lines import kind_of_record
from mingzhang.records.casework.models import Document, Index, Personal, Record, Rejected
from mingzhang.records.casework.people import FIELDS
from mingzhang.records.casework.sealing import FILE, keys, resealed, unseal
from mingzhang.records.casework.values import PersonalValue, field_at
from mingzhang.records.casework.views import values_of
from mingzhang.records.casework.writing import keep_indexes
from mingzhang.records.database import home

_BATCH = 500


def add_key() -> str:
    """Put a new key at the end of the file of keys; its name. Raises ProblemError where the keys come from the environment."""
    if os.environ.get("MINGZHANG_CASE_KEYS"):
        remedy = f"在MINGZHANG_CASE_KEYS末尾加上：k{len(keys().by_name) + 1}:{secrets.token_hex(32)}，重启后再运行本命令。"
        raise ProblemError(
            Problem(
                "keys_in_environment", "密钥由环境变量给出，不能由命令更换", "MINGZHANG_CASE_KEYS", remedy
            )
        )
    known = keys().by_name
    name = next(found for number in range(1, len(known) + 2) if (found := f"k{number}") not in known)
    _write([*_lines(), f"{name}:{secrets.token_hex(32)}"])
    return name


def uses() -> Counter[str]:
    """How many values each key still opens or finds: sealed values and files, indexes and marks of duplicates."""
    first = next(iter(keys().by_name))
    found: Counter[str] = Counter()
    for model in (Personal, Document, Rejected):
        found.update(name for name in model._default_manager.values_list("key_name", flat=True) if name)
    found.update(name for _, name in attachments.keys_used() if name)
    apart = Index.objects.exclude(key_name=F("personal__key_name"))
    apart = apart.exclude(key_name="", personal__key_name=first)
    found.update(name or first for name, _ in apart.order_by().values_list("key_name", "personal").distinct())
    marked = Record.objects.exclude(fingerprint="")
    found.update(name or first for name in marked.values_list("fingerprint_key", flat=True))
    return found


def reseal(tell: Callable[[str], None] = lambda _: None) -> int:
    """Seal everything anew under the current key, batch by batch, and find it by that key; how many values changed. Interrupted, it goes on where it stood."""
    current, done = keys().current, 0
    for batch in _batches(current):
        with transaction.atomic():
            for model, pk in batch:
                _renew(model, pk)
                done += 1
        tell(f"已重新加密{done}项")
    for sm3, name in list(attachments.keys_used()):
        if name != current:
            attachments.sealed_anew(sm3)
            done += 1
    return done


def retire(name: str) -> None:
    """Take a key out of the file. Raises ProblemError while anything is sealed or found by it, or where it is the one for what is sealed from now on."""
    lines = _lines()
    ring = keys()
    used = uses()[name]
    if name not in ring.by_name:
        raise ProblemError(
            Problem("case_key_missing", f"没有密钥“{name}”", FILE, f"现有：{'、'.join(ring.by_name)}。")
        )
    if name == ring.current:
        remedy = "先运行 mingzhang keys rotate 换上新的密钥。"
        raise ProblemError(Problem("case_key_current", f"密钥“{name}”正在使用", FILE, remedy))
    if used:
        raise ProblemError(
            Problem(
                "case_key_used",
                f"还有{used}项由密钥“{name}”加密",
                FILE,
                "先运行 mingzhang keys rotate 重新加密。",
            )
        )
    _write([line for line in lines if not line.startswith(f"{name}:")])


def _batches(current: str) -> Iterator[list[tuple[type[models.Model], int]]]:
    """What is still sealed or found by another key, some hundreds at a time."""
    own = {current} | ({""} if current == next(iter(keys().by_name)) else set())
    elsewhere = Index.objects.filter(personal=OuterRef("pk")).exclude(key_name__in=own)
    for waiting in (
        Personal.objects.filter(~Q(key_name=current) | Exists(elsewhere)),
        Document.objects.exclude(key_name__in=("", current)),
        Rejected.objects.exclude(key_name__in=("", current)),
        Record.objects.exclude(fingerprint="").exclude(fingerprint_key__in=own),
    ):
        while some := list(waiting.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
            yield [(waiting.model, pk) for pk in some]


def _renew(model: type[models.Model], pk: int) -> None:
    row = model._default_manager.select_for_update().get(pk=pk)
    if isinstance(row, Personal):
        _renew_personal(row)
    elif isinstance(row, Document):
        made = resealed(row.key_name, row.text, documents.place_of(row))
        row.text, row.key_name = made.text, made.key_name
        row.save(update_fields=["key_name", "text"])
    elif isinstance(row, Rejected):
        made = resealed(row.key_name, row.values, place_of_row(row.batch, row.row))
        row.values, row.key_name = made.text, made.key_name
        row.save(update_fields=["key_name", "values"])
    elif isinstance(row, Record):
        kind = kind_of_record(row)
        mark(row, kind, values_of(row, kind))
        row.save(update_fields=["fingerprint", "fingerprint_key"])


def _renew_personal(row: Personal) -> None:
    """Sealed anew, and its indexes made anew from what it says."""
    owner = row.record or row.person
    assert owner is not None
    place = personal.place_of(owner, row.path)
    made = resealed(row.key_name, row.sealed, place)
    row.sealed, row.key_name = made.text, made.key_name
    row.save(update_fields=["key_name", "sealed"])
    field = _field_of(row)
    text = unseal(row.key_name, row.sealed, place)
    keep_indexes([(row, PersonalValue(row.path, field, text))] if field else [])


def _field_of(row: Personal) -> Field | None:
    if row.record is None:
        return next((field for field in FIELDS if field.name == row.path), None)
    return field_at(kind_of_record(row.record), row.path.removeprefix(personal.DRAFT))


def _lines() -> list[str]:
    keys()
    return [line for line in _file().read_text(encoding="ascii").splitlines() if line.strip()]


def _write(lines: list[str]) -> None:
    """Whole or not at all: a key that is lost opens nothing any more."""
    waiting = _file().with_suffix(".waiting")
    waiting.touch(mode=0o600)
    waiting.write_text("\n".join(lines) + "\n", encoding="ascii")
    waiting.replace(_file())


def _file() -> Path:
    return home() / FILE
