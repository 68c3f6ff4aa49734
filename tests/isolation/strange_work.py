"""Functions that behave as hostile files make programs behave; run in children by the tests."""

from __future__ import annotations

import os
import sys
import time

from mingzhang.documents import Problem
from mingzhang.read.unreadable import UnreadableFileError


def work(request: dict) -> dict:
    """Do what is asked for."""
    return globals()[request["do"]](request)


def double(request: dict) -> dict:
    print("noise on standard output")
    return {"twice": request["number"] * 2, "text": "明账\ud800", "process": os.getpid()}


def sleep(request: dict) -> dict:
    time.sleep(60)
    return {}


def spin(request: dict) -> dict:
    while True:
        pass


def eat(request: dict) -> dict:
    held = []
    while True:
        held.append(bytearray(os.urandom(1 << 20) * 8))


def die(request: dict) -> dict:
    os.abort()


def leave(request: dict) -> dict:
    os._exit(3)


def fail(request: dict) -> dict:
    raise KeyError("secret")


def recurse(request: dict) -> dict:
    return recurse(request)


def refuse(request: dict) -> dict:
    raise UnreadableFileError(Problem("file_broken", "文件已损坏", "甲.pdf", "重新下载"))


def long(request: dict) -> dict:
    return {"text": "长" * request["number"]}


if __name__ == "__main__":
    print("noise", file=sys.stderr)
    work({"do": sys.argv[1]}) if sys.argv[1:] != ["say"] else print("明账")
