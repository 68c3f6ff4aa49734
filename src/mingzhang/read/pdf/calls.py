"""Functions of pdfium that are asked for each character or line: with plain addresses, at a third of the time.

pypdfium2 turns every argument into a pointer object and gives up the interpreter's lock around each call; for calls of a
tenth of a microsecond that costs more than the work itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

POINTER, NUMBER = ctypes.c_void_p, ctypes.c_int


def called_often(function: Any, answer: Any, *arguments: Any) -> Callable[..., Any]:
    """The function with addresses (whole numbers) for its pointers; `answer` and `arguments` are its C types."""
    return ctypes.PYFUNCTYPE(answer, *arguments)(address_of(function))


def address_of(pointer: Any) -> int:
    """The address that a pointer or function of pdfium holds; 0 for none."""
    return ctypes.cast(pointer, POINTER).value or 0
