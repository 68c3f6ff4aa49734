"""`documents/*.txt`: the templates of a line's official documents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from mingzhang.casework.definitions import DeadlineUse, DocumentTemplate, Kind
from mingzhang.casework.documents import slot_mistakes
from mingzhang.casework.numbering import pattern_mistake
from mingzhang.documents import Problem
from mingzhang.lines.loading.files import plain
from mingzhang.lines.loading.kinds import known_names, sibling_names

_HEAD = ("chinese", "number", "starts_on_service")


def documents_of(folder: Path) -> tuple[dict[str, DocumentTemplate], list[Problem]]:
    """The templates by id, and files that are none."""
    found: dict[str, DocumentTemplate] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.txt")):
        template = _template(path)
        if isinstance(template, Problem):
            problems.append(template)
        else:
            found[template.id] = template
    return found, problems


def document_problems(
    folder: Path,
    documents: Mapping[str, DocumentTemplate],
    kinds: Mapping[str, Kind],
    families: Collection[str],
) -> Iterator[Problem]:
    """Slots that no kind issuing the document fills, bad numbers, deadlines without a rule."""
    for template in documents.values():
        path = folder / f"{template.id}.txt"
        if template.number and (mistake := pattern_mistake(template.number)):
            yield plain(path, mistake, "写成如“援决〔{year}〕第{number}号”。", 2)
        for use in template.starts_on_service:
            if use.family not in families:
                yield plain(path, f"送达起算的期限“{use.family}”没有规则", "改正编号。", 3)
        for kind in _issuing(template.id, kinds):
            for what in slot_mistakes(template.text, {*known_names(kind), *sibling_names(kind)}):
                yield plain(path, f"{what}（{kind.chinese}）", "改正字段名，或在kinds.toml中列出它。", 5)


def _issuing(document: str, kinds: Mapping[str, Kind]) -> list[Kind]:
    """Kinds with a step that issues the document."""
    return [
        kind
        for kind in kinds.values()
        if kind.states and any(document in each.documents for each in kind.states.transitions)
    ]


def _template(path: Path) -> DocumentTemplate | Problem:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        return plain(path, "文件不是UTF-8编码", "用编辑器另存为UTF-8编码。")
    head: dict[str, str] = {}
    for number, (name, line) in enumerate(zip(_HEAD, lines, strict=False), start=1):
        if not line.startswith(f"{name}:"):
            return plain(
                path, f"文书模板第{number}行应为“{name}: …”", f"前三行依次写{'、'.join(_HEAD)}。", number
            )
        head[name] = line.partition(":")[2].strip()
    if len(lines) < 5 or lines[3].strip() or not head["chinese"]:
        return plain(path, "文书模板应有名称，第四行空白，其后为正文", "改正前四行。", 4)
    return DocumentTemplate(
        id=path.stem,
        chinese=head["chinese"],
        text="\n".join(lines[4:]).rstrip("\n"),
        number=head["number"],
        starts_on_service=tuple(
            DeadlineUse(family.strip()) for family in head["starts_on_service"].split(",") if family.strip()
        ),
    )
