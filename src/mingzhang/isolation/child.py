"""The child's side: `python -m mingzhang.isolation.child module:function` answers requests, one JSON line each."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from mingzhang.documents import Problem

_COLLECTED_AFTER = 20_000
"""New objects after which the young ones are looked through; a document has hundreds of thousands."""


def main() -> None:
    """Serve until the parent closes the pipe."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    os.dup2(2, 1)  # what libraries print must not mix with the answers
    module, _, name = sys.argv[1].partition(":")
    gc.disable()
    function: Callable[[dict[str, Any]], dict[str, Any]] = getattr(import_module(module), name)
    gc.freeze()  # what was loaded stays, and need not be looked through again and again
    gc.enable()
    gc.set_threshold(_COLLECTED_AFTER)
    for line in sys.stdin.buffer:
        answers.write(json.dumps(_answer(function, line), ensure_ascii=True) + "\n")
        answers.flush()


def _answer(function: Callable[[dict[str, Any]], dict[str, Any]], line: bytes) -> dict[str, Any]:
    try:
        return {"answer": function(json.loads(line))}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {"problem": _fields(Problem("too_deep", "文件内容层层嵌套过深，无法读取", "", "另存后再核对"))}
    except Exception as failure:  # whatever a hostile file brings about ends here, with its kind
        problem = getattr(failure, "problem", None)
        if isinstance(problem, Problem):
            return {"problem": _fields(problem)}
        what = f"处理时出错（{type(failure).__name__}）"
        remedy = "文件可能已损坏；另存后再核对，仍不行请把文件和这条信息交给技术人员"
        return {"problem": _fields(Problem("failed", what, "", remedy)), "trace": _trace(failure)}


def _fields(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "what": problem.what,
        "where": problem.where,
        "remedy": problem.remedy,
        "severity": problem.severity,
    }


def _trace(failure: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(failure))[-4000:]


if __name__ == "__main__":
    main()
