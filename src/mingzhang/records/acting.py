"""Who acts (经办人): the person of the request, the job or the command, known to whatever is recorded meanwhile."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ACTOR: ContextVar[str] = ContextVar("mingzhang_actor", default="")
_PROGRAM: ContextVar[str] = ContextVar("mingzhang_program", default="")


@contextmanager
def acting(name: str) -> Iterator[None]:
    """Let everything recorded inside be recorded under this name."""
    token = _ACTOR.set(name)
    try:
        yield
    finally:
        _ACTOR.reset(token)


@contextmanager
def through(program: str) -> Iterator[None]:
    """Let everything recorded inside tell that a program did it in its person's name."""
    token = _PROGRAM.set(program)
    try:
        yield
    finally:
        _PROGRAM.reset(token)


def actor() -> str:
    """Who acts now; on the command line the login name of the machine."""
    name, program = _ACTOR.get() or f"命令行（{_login()}）", _PROGRAM.get()
    return f"{name}（接口：{program}）" if program else name


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "未知"
