"""Names of codes in running text: paths of 类, 款 and 项, and names that stand in one printed row of the tables only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from mingzhang.facts import Cell, Dimension, Vocabulary
from mingzhang.read.narrative.contexts import Context

_PATH = re.compile(
    r"(?P<a>[一-龥、()]{2,30}?)\"?(?:支出)?\((?:\d{3})?类\)(?:支出)?"
    r"(?:\"?(?P<b>[一-龥、()]{2,30}?)\"?\((?:\d{2,5})?款\)(?:\"?(?P<c>[一-龥、()]{2,40}?)\"?\((?:\d{2,7})?项\))?)?"
)
_WITHOUT_CLASS = re.compile(
    r"(?P<b>[一-龥、()]{2,30}?)\"?\((?:\d{2,5})?款\)\"?(?P<c>[一-龥、()]{2,40}?)\"?\((?:\d{2,7})?项\)"
)
_PHRASE = re.compile(r"[一-龥()、]{2,40}")
_ROLE = re.compile(r"(?:支出)?(?:年初|全年)?(?:预算|决算)(?:数)?(?:为|是)?\Z")
_NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十\d]+\))+|^(?:其中|用于|包括|为)+")
_FUNCTIONS = {
    "general_budget": "general_public_budget",
    "government_funds": "government_managed_funds",
    "state_capital": "state_capital_operations",
}
"""Sections that go through the functional classification, with the fund of their rows."""


class CodeNames:
    """Finds names of functional and economic codes; `printed` are the codes that the tables print, by dimension."""

    def __init__(self, vocabulary: Vocabulary, printed: Mapping[str, Collection[str]]) -> None:
        self._tree = vocabulary.dimensions["function"]
        self._functions = _by_name(self._tree, printed.get("function", ()))
        self._economic = _by_name(vocabulary.dimensions["economic"], printed.get("economic", ()))
        self._items: dict[str, list[str]] = {}

    def found(self, words: str, context: Context) -> Iterator[tuple[Cell, int, str]]:
        """Cell, end and words of each name."""
        fund = context.fund or "general_public_budget"
        for match in _PATH.finditer(words):
            if code := self._code([part for part in (match["a"], match["b"], match["c"]) if part]):
                yield _of_function(code, fund), match.end(), match[0]
        for match in _WITHOUT_CLASS.finditer(words):
            if code := self._item(match["b"], match["c"]):
                yield _of_function(code, fund), match.end(), match[0]
        yield from self._alone(words, context)

    def _alone(self, words: str, context: Context) -> Iterator[tuple[Cell, int, str]]:
        """A whole phrase at the end of the words that is the name of one printed row, 支出 behind it or not."""
        if context.kind not in (*_FUNCTIONS, "basic"):
            return
        words = _ROLE.sub("", words)
        phrase = next((each for each in _PHRASE.finditer(words) if each.end() == len(words)), None)
        if phrase is None:
            return
        name = _NUMBERED.sub("", phrase[0])
        if context.kind == "basic":
            if code := self._economic.get(name):
                cell = Cell("expenditure").where(economic=code, fund="general_public_budget", nature="basic")
                yield cell, phrase.end(), name
        elif code := self._functions.get(name) or self._functions.get(name.removesuffix("支出")):
            yield _of_function(code, _FUNCTIONS[context.kind]), phrase.end(), name

    def _item(self, group: str, item: str) -> str | None:
        """The only item of that name in a group of that name, whatever its class."""
        if not self._items:
            for code in self._tree.leaves():
                own = _plain(self._tree.label(code))
                for name in {own, own.removesuffix("支出")}:
                    self._items.setdefault(name, []).append(code)
        found = [
            code
            for code in self._items.get(item, ())
            if (above := self._tree.parent(code)) and _is_name(group, above, self._tree)
        ]
        return found[0] if len(found) == 1 else None

    def _code(self, names: list[str]) -> str | None:
        """The code at the end of a path of names; names may carry numbering before and 支出 behind."""
        above: str | None = None
        for name in names:
            found = next(
                (code for code in self._tree.children(above) if _is_name(name, code, self._tree)), None
            )
            if found is None:
                return None
            above = found
        return above


def _of_function(code: str, fund: str) -> Cell:
    return Cell("expenditure", (("function", code),)).where(fund=fund)


def _is_name(printed: str, code: str, tree: Dimension) -> bool:
    own = _plain(tree.label(code))
    return any(printed.endswith(each) for each in {own, own.removesuffix("支出")} if len(each) > 1)


def _plain(label: str) -> str:
    return label.replace("（", "(").replace("）", ")")


def _by_name(tree: Dimension, codes: Collection[str]) -> dict[str, str]:
    """The code that each name means among the printed ones: the lowest of a line, none where two lines share a name."""
    groups: dict[str, list[str]] = {}
    for code in sorted(codes):
        if code in tree:
            groups.setdefault(_plain(tree.label(code)), []).append(code)
    return {name: own[-1] for name, own in groups.items() if all(own[-1].startswith(each) for each in own)}
