"""How an import reads its file (读取): here, or in a child process with limits on time and memory, as uploads are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from mingzhang.documents import Problem
from mingzhang.facts import FactStore, Vocabulary
from mingzhang.isolation import Limits, Worker
from mingzhang.read.json import FactsFileError, checked_facts, read_facts
from mingzhang.read.workbook import Sheet, open_workbook
from mingzhang.records.imports.grid_files import as_json, from_json, put_down, taken_up
from mingzhang.records.imports.grids import Grid, read_grids
from mingzhang.records.imports.problems import RefusedError

LIMITS = Limits(seconds=180, megabytes=2500)
"""Of the child. A file as large as may be uploaded, twelve million cells, is read within them."""

_SHEETS, _FACTS = "sheets.json", "facts"
_SPLIT = "按月份或单位分成几个文件导出，再逐个导入；文件本来不大的，另存为 .xlsx 后再导入"
_REMEDIES = {
    "too_slow": _SPLIT,
    "too_much_memory": _SPLIT,
    "broken_off": "文件可能已损坏：用 Excel 或 WPS 打开后另存为 .xlsx 再导入",
    "too_deep": "文件可能已损坏：用 Excel 或 WPS 打开后另存为 .xlsx 再导入",
    "failed": "用 Excel 或 WPS 打开后另存为 .xlsx 再导入；仍不行请把文件和这条信息交给系统管理员",
}
"""What to do with a file that the child did not come to terms with."""

_REMEDY_OF_FACTS = "重新取得原文件，不要手工修改"

Sheets = tuple[list[Sheet], list[Problem]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a file as grids of records, as sheets of figures, or as facts; in this process where nothing else is given."""

    grids: Callable[[Path], list[Grid]] = read_grids
    sheets: Callable[[Path], Sheets] = open_workbook
    facts: Callable[[Path, Vocabulary], FactStore] = read_facts


def isolated(folder: Path, watch: Callable[[], None], limits: Limits = LIMITS) -> Reader:
    """A reader whose files are parsed in a child process, which hands over what it read in this folder.

    `watch` is called many times a second meanwhile; what it raises ends the child.
    """

    def ask(what: str, path: Path) -> dict[str, Any] | Problem:
        with Worker(f"{__name__}:{what}", limits, watch) as worker:
            answer = worker.run({"path": str(path), "folder": str(folder)}, path.name)
        return for_import(answer) if isinstance(answer, Problem) else answer

    def grids(path: Path) -> list[Grid]:
        answer = ask("grids_in_child", path)
        if isinstance(answer, Problem):
            raise RefusedError(answer)
        if answer["problems"]:
            raise RefusedError(*(Problem(**problem) for problem in answer["problems"]))
        return taken_up(folder)

    def sheets(path: Path) -> Sheets:
        answer = ask("sheets_in_child", path)
        if isinstance(answer, Problem):
            return [], [answer]
        found = json.loads((folder / _SHEETS).read_text(encoding="ascii"))
        return [_sheet(each) for each in found], [Problem(**problem) for problem in answer["problems"]]

    def facts(path: Path, vocabulary: Vocabulary) -> FactStore:
        answer = ask("facts_in_child", path)
        if isinstance(answer, Problem):
            raise FactsFileError(replace(answer, remedy=_REMEDY_OF_FACTS))
        if answer["problem"]:
            raise FactsFileError(Problem(**answer["problem"]))
        return read_facts(folder / _FACTS / path.name, vocabulary)

    return Reader(grids, sheets, facts)


def for_import(problem: Problem) -> Problem:
    """A problem of the child with a remedy for who imports."""
    return replace(problem, remedy=_REMEDIES.get(problem.code, problem.remedy))


def grids_in_child(asked: dict[str, Any]) -> dict[str, Any]:
    """In the child: read the file and put its grids down."""
    try:
        put_down(read_grids(Path(asked["path"])), Path(asked["folder"]))
    except RefusedError as refused:
        return {"problems": [asdict(problem) for problem in refused.problems]}
    return {"problems": []}


def sheets_in_child(asked: dict[str, Any]) -> dict[str, Any]:
    """In the child: open the workbook and put its sheets down."""
    sheets, problems = open_workbook(Path(asked["path"]))
    stated = json.dumps([_stated(sheet) for sheet in sheets])
    Path(asked["folder"], _SHEETS).write_text(stated, encoding="ascii")
    return {"problems": [asdict(problem) for problem in problems]}


def facts_in_child(asked: dict[str, Any]) -> dict[str, Any]:
    """In the child: understand every fact of the file and put down what is read of them, under the file's own name."""
    path = Path(asked["path"])
    try:
        checked = checked_facts(path)
    except FactsFileError as refused:
        return {"problem": asdict(refused.problem)}
    made = Path(asked["folder"], _FACTS)
    made.mkdir(exist_ok=True)
    (made / path.name).write_text(
        json.dumps(checked, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", errors="replace"
    )
    return {"problem": None}


def _stated(sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON: cells as row, column and content."""
    return {
        "file": sheet.file,
        "name": sheet.name,
        "values": [[*place, as_json(value)] for place, value in sheet.values.items()],
        "formulas": [[*place, text] for place, text in sheet.formulas.items()],
        "anchors": [[*place, *anchor] for place, anchor in sheet.anchors.items()],
        "rows": sheet.rows,
        "columns": sheet.columns,
    }


def _sheet(stated: dict[str, Any]) -> Sheet:
    return Sheet(
        stated["file"],
        stated["name"],
        {(row, column): from_json(value) for row, column, value in stated["values"]},
        {(row, column): text for row, column, text in stated["formulas"]},
        {(row, column): (top, left) for row, column, top, left in stated["anchors"]},
        stated["rows"],
        stated["columns"],
    )
