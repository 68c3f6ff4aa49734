"""`guards.py`: a line's guards, found by name."""

from __future__ import annotations

import importlib.util
import inspect
from pathlib import Path

from mingzhang.casework.definitions import Guard
from mingzhang.documents import Problem
from mingzhang.lines.loading.files import plain

_PARAMETERS = ["record", "payload", "today"]


def guards_of(path: Path, module: str) -> tuple[dict[str, Guard], list[Problem]]:
    """The public functions of the file by name, and those that are no guards; none where there is no file."""
    if not path.exists():
        return {}, []
    spec = importlib.util.spec_from_file_location(module, path)
    if spec is None or spec.loader is None:
        return {}, [plain(path, "不能读入该文件", "检查文件权限。")]
    loaded = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(loaded)
    except Exception as error:
        return {}, [plain(path, f"guards.py不能运行：{error}", "改正该文件。")]
    own: dict[str, Guard] = {
        name: function
        for name, function in inspect.getmembers(loaded, inspect.isfunction)
        if function.__module__ == module and not name.startswith("_")
    }
    wrong = [
        plain(
            path,
            f"条件“{name}”的参数应为（{'，'.join(_PARAMETERS)}）",
            "改正参数；不是条件的函数以下划线开头。",
            inspect.getsourcelines(function)[1],
        )
        for name, function in own.items()
        if list(inspect.signature(function).parameters) != _PARAMETERS
    ]
    return own, wrong
