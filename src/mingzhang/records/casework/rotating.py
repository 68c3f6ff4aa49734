"""Changing keys (更换密钥): a new key for what is sealed from now on, everything sealed anew under it, old keys put away when nothing needs them."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.casework import documents, personal
from mingzhang.records.casework.import_rows import place_of as place_of_row
from mingzhang.records.casework.models import Document, Personal, Rejected
from mingzhang.records.casework.sealing import FILE, keys, resealed
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
    """How many sealed values each key opens."""
    found: Counter[str] = Counter()
    for model in (Personal, Document, Rejected):
        found.update(name for name in model._default_manager.values_list("key_name", flat=True) if name)
    return found


def reseal(tell: Callable[[str], None] = lambda _: None) -> int:
    """Seal everything anew under the current key, batch by batch; how many values changed. Interrupted, it goes on where it stood."""
    current, done = keys().current, 0
    for batch in _batches(current):
        with transaction.atomic():
            for model, pk in batch:
                done += _reseal_one(model, pk, current)
        tell(f"已重新加密{done}项")
    return done


def retire(name: str) -> None:
    """Take a key out of the file. Raises ProblemError while anything is sealed by it, or where it is the first, by which everything is found."""
    lines = _lines()
    ring = keys()
    first, used = next(iter(ring.by_name)), uses()[name]
    if name not in ring.by_name:
        raise ProblemError(
            Problem("case_key_missing", f"没有密钥“{name}”", FILE, f"现有：{'、'.join(ring.by_name)}。")
        )
    if used:
        raise ProblemError(
            Problem(
                "case_key_used",
                f"还有{used}项由密钥“{name}”加密",
                FILE,
                "先运行 mingzhang keys rotate 重新加密。",
            )
        )
    if name == first:
        raise ProblemError(
            Problem(
                "case_key_first",
                f"密钥“{name}”是检索用的密钥，不能停用",
                FILE,
                "保留它；它不再加密新的内容。",
            )
        )
    _write([line for line in lines if not line.startswith(f"{name}:")])


def _batches(current: str) -> Iterator[list[tuple[type[Personal | Document | Rejected], int]]]:
    for model in (Personal, Document, Rejected):
        rows = model._default_manager.exclude(key_name__in=("", current)).order_by("pk")
        while waiting := list(rows.values_list("pk", flat=True)[:_BATCH]):
            yield [(model, pk) for pk in waiting]


def _reseal_one(model: type[Personal | Document | Rejected], pk: int, current: str) -> int:
    row = model._default_manager.select_for_update().get(pk=pk)
    if row.key_name == current:
        return 0
    if isinstance(row, Personal):
        owner = row.record or row.person
        assert owner is not None
        made = resealed(row.key_name, row.sealed, personal.place_of(owner, row.path))
        row.sealed = made.text
    elif isinstance(row, Document):
        made = resealed(row.key_name, row.text, documents.place_of(row))
        row.text = made.text
    else:
        made = resealed(row.key_name, row.values, place_of_row(row.batch, row.row))
        row.values = made.text
    row.key_name = made.key_name
    row.save(update_fields=["key_name", {Personal: "sealed", Document: "text", Rejected: "values"}[model]])
    return 1


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
