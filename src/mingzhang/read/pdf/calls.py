"""Functions of pdfium that are asked for each character or object, many at once: `list(map(FUNCTION, repeat(page), range(n)))`.

pypdfium2 turns every argument into a pointer object and gives up the interpreter's lock around each call; for calls of a
tenth of a microsecond that costs more than the work itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

NUMBER = ctypes.c_int


class Pointer(ctypes.c_void_p):
    """An address inside pdfium, to be handed back to it; false where it is none."""


def called_often(function: Any, answer: Any) -> Callable[..., Any]:
    """The function for arguments that need no turning: `Pointer`s, `ctypes.byref`s and whole numbers of 32 bits.

    `answer` is its C type.
    """
    return ctypes.PYFUNCTYPE(answer)(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


def pointer_to(handle: Any) -> Pointer:
    """The pointer that one of pypdfium2's handles holds."""
    return ctypes.cast(handle, Pointer)
