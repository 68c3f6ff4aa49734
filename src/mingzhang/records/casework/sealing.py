"""Sealing (加密存储): personal values as AES-GCM ciphertext by a named key, and keyed digests to find them by.

Keys stand outside the books and their backups, as `name:64 hex digits` a line, the last for what is sealed from now on:
in `MINGZHANG_CASE_KEYS`, else in the data folder's `.mingzhang-case-keys`, made when first asked for.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.database import home
from mingzhang.records.trail.digests import sm3

FILE = ".mingzhang-case-keys"
_NONCE = 12
_SALT = 32
_HEAD = b"mingzhang-sealed:"
_LONGEST_NAME = 20


class Sealed(NamedTuple):
    """A sealed text: the key's name, ciphertext in Base64, the SM3 of salt and clear text."""

    key_name: str
    text: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys by name, the current one last."""

    by_name: dict[str, bytes]

    @property
    def current(self) -> str:
        """The name of the key for what is sealed from now on."""
        return next(reversed(self.by_name))

    def derived(self, name: str, purpose: str) -> bytes:
        """32 bytes of their own for each purpose."""
        return _derived(self.by_name[name], purpose)

    def box(self, name: str) -> AESGCM:
        """What seals and opens by a key."""
        return _box(self.by_name[name])


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, purpose.encode(), "sm3").digest()


@lru_cache(maxsize=8)
def _box(key: bytes) -> AESGCM:
    return AESGCM(_derived(key, "seal"))


def keys() -> Keys:
    """The keys in force. Raises ProblemError where they cannot be read."""
    given = os.environ.get("MINGZHANG_CASE_KEYS")
    if given:
        return _parsed(given)
    file = home() / FILE
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"k1:{secrets.token_hex(32)}\n", encoding="ascii")
    now = file.stat()
    return _read(file, now.st_mtime_ns, now.st_size, now.st_ino)


@lru_cache(maxsize=4)
def _read(file: Path, changed_ns: int, size: int, inode: int) -> Keys:
    """A file of keys, read once until it is another."""
    return _parsed(file.read_text(encoding="ascii"))


@lru_cache(maxsize=4)
def _parsed(text: str) -> Keys:
    found: dict[str, bytes] = {}
    for line in text.replace(",", "\n").split():
        name, _, digits = line.partition(":")
        try:
            found[name] = bytes.fromhex(digits)
        except ValueError:
            found[name] = b""
        if len(found[name]) != 32 or not name or len(name) > _LONGEST_NAME:
            raise ProblemError(_bad_key(name))
    if not found:
        raise ProblemError(_bad_key(""))
    return Keys(found)


def _bad_key(name: str) -> Problem:
    return Problem(
        "bad_case_key",
        f"加密密钥“{name}”写错了",
        FILE,
        "每行写作 名称:64位十六进制数；从保管处取回原来的密钥文件，不要另造。",
    )


def seal(text: str, place: str) -> Sealed:
    """Seal a text for its place (record and path): elsewhere the ciphertext does not open."""
    ring = keys()
    salt = secrets.token_hex(_SALT // 2)
    return _sealed(ring, salt, text, place)


def _sealed(ring: Keys, salt: str, text: str, place: str) -> Sealed:
    nonce = secrets.token_bytes(_NONCE)
    cipher = ring.box(ring.current).encrypt(nonce, f"{salt}{text}".encode(), place.encode())
    return Sealed(ring.current, base64.b64encode(nonce + cipher).decode(), sm3(salt + text))


def unseal(key_name: str, sealed: str, place: str) -> str:
    """The text in clear. Raises ProblemError where the key is not at hand or the ciphertext was changed."""
    return _opened(key_name, sealed, place)[_SALT:]


def commitment_of(key_name: str, sealed: str, place: str) -> str:
    """The SM3 of salt and clear text as they are sealed; raises as `unseal` does."""
    return sm3(_opened(key_name, sealed, place))


def resealed(key_name: str, sealed: str, place: str) -> Sealed:
    """The same text sealed by the current key; its commitment stays."""
    opened = _opened(key_name, sealed, place)
    return _sealed(keys(), opened[:_SALT], opened[_SALT:], place)


def _opened(key_name: str, sealed: str, place: str) -> str:
    ring = keys()
    box = _box_of(ring, key_name, place)
    try:
        raw = base64.b64decode(sealed, validate=True)
        return box.decrypt(raw[:_NONCE], raw[_NONCE:], place.encode()).decode()
    except (InvalidTag, ValueError):
        raise ProblemError(_changed(place)) from None


def sealed_bytes(content: bytes, place: str) -> bytes:
    """A file's content sealed by the current key: a line that names the key, then nonce and ciphertext."""
    ring, nonce = keys(), secrets.token_bytes(_NONCE)
    cipher = ring.box(ring.current).encrypt(nonce, content, place.encode())
    return _HEAD + ring.current.encode() + b"\n" + nonce + cipher


def key_of_bytes(sealed: bytes) -> str:
    """The name of the key that a file's content was sealed by; blank for one that was kept in clear."""
    head = sealed[: len(_HEAD) + _LONGEST_NAME + 1]
    return head[len(_HEAD) :].partition(b"\n")[0].decode() if head.startswith(_HEAD) else ""


def unsealed_bytes(sealed: bytes, place: str) -> bytes:
    """The content in clear. Raises ProblemError where the key is not at hand or the ciphertext was changed."""
    name = key_of_bytes(sealed)
    if not name:
        return sealed
    box = _box_of(keys(), name, place)
    raw = sealed[len(_HEAD) + len(name) + 1 :]
    try:
        return box.decrypt(raw[:_NONCE], raw[_NONCE:], place.encode())
    except (InvalidTag, ValueError):
        raise ProblemError(_changed(place)) from None


def _box_of(ring: Keys, name: str, place: str) -> AESGCM:
    if name not in ring.by_name:
        remedy = f"把名为“{name}”的密钥放回 {FILE}；没有它，加密的内容无法打开。"
        raise ProblemError(Problem("case_key_missing", "没有打开个人信息的密钥", place, remedy))
    return ring.box(name)


def _changed(place: str) -> Problem:
    remedy = "加密的内容被改动过：与备份对照，从备份恢复。"
    return Problem("sealed_changed", "加密的个人信息打不开", place, remedy)


def index_digest(value: str, purpose: str, key_name: str = "") -> str:
    """The keyed digest of a value for one purpose (a kind of index), by the current key unless another is named."""
    ring = keys()
    derived = ring.derived(key_name or ring.current, f"index:{purpose}")
    return hmac.new(derived, value.encode(), "sm3").hexdigest()


def index_digests(value: str, purpose: str) -> list[str]:
    """The digests of a value by every key: what it may be found by while keys are changed."""
    return [index_digest(value, purpose, name) for name in keys().by_name]
