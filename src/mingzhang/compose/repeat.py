"""Repetition in section texts: `each = "cell by dimension[: codes]"`.

    expenditure[fund=general_public_budget] by function level 1     类 that are not zero
    expenditure[fund=general_public_budget] by function level 3     项 that are not zero
    revenue by fund: fiscal, business, operating, other             of these, those not zero
    projects                                                        the lowest projects with expenditure
    first_level_projects                                            projects that have sub-projects

`cell | cell by …` takes codes that are not zero under any of the cells, such as actual and initial budget. What
prints as zero counts as zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.compose.phrases import TemplateError
from mingzhang.compose.template import Writer

_EACH = re.compile(
    r"(?P<cells>.+?) by (?P<dimension>\w+)(?: level (?P<level>\d))?(?: in (?P<within>\w+))?(?:: *(?P<codes>.+))?\Z"
)


def repeated_codes(each: str, writer: Writer) -> Iterator[tuple[str, dict[str, str]]]:
    """Codes to repeat over, with the words that name each (`{code}`, `{label}`, `{class}`, `{group}`, `{index}`)."""
    found = _EACH.match(each)
    if not found:
        raise TemplateError(f"“{each}”：重复应写作 坐标 by 维度 level 层级")
    tree = writer.printer.store.vocabulary.dimensions[found["dimension"]]
    cells = [writer.coordinate(cell.strip()) for cell in found["cells"].split("|")]
    not_zero: set[str] = set()
    for cell in cells:
        not_zero.update(writer.printer.store.codes(cell.cell, tree.name, cell.entity, cell.period))
    listed = [code.strip() for code in found["codes"].split(",")] if found["codes"] else list(tree.walk())
    level, within = found["level"], found["within"]
    index = 0
    for code in listed:
        if (
            code not in not_zero
            or (level and tree.level(code) != int(level))
            or (within and not tree.covers(within, code))
        ):
            continue
        if not level and not found["codes"] and tree.children(code):
            continue
        if all(writer.printer.prints_nothing(cell.where(**{tree.name: code})) for cell in cells):
            continue
        index += 1
        path = [tree.label(step) for step in reversed(tree.path(code))]
        label = tree.label(code)
        words = {"code": code, "label": label, "index": str(index)}
        words["revenue_label"] = label if label.endswith("收入") else f"{label}收入"
        words["project_label"] = label if label.endswith("项目") else f"{label}项目"
        words |= {
            "class": path[0],
            "group": path[1] if len(path) > 1 else "",
            "parent": path[-2] if len(path) > 1 else "",
        }
        yield code, words
