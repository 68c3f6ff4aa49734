"""Editions: read from their folder, checked whole, refused with every problem at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from mingzhang.catalogue.loading.cells import CellChecker
from mingzhang.catalogue.loading.files import CODES, EDITIONS, read_rows
from mingzhang.catalogue.loading.folders import Folder, Library
from mingzhang.catalogue.loading.forms import FormReader
from mingzhang.catalogue.loading.schema import suggestion
from mingzhang.catalogue.loading.texts import TextReader
from mingzhang.catalogue.loading.vocabulary import vocabulary
from mingzhang.documents import Problem
from mingzhang.forms import Edition, EditionError, Form, Section
from mingzhang.forms.edition import NumberStyle


@cache
def editions() -> tuple[str, ...]:
    """Names of the editions of the catalogue, oldest first."""
    found = (file.parent.name for file in EDITIONS.glob("*/edition.toml"))
    return tuple(sorted(found, key=lambda name: (name.rpartition("fy")[2], name)))


@cache
def edition(name: str) -> Edition:
    """The edition of that name in the catalogue. Raises EditionError where it is unknown or broken."""
    if name not in editions():
        raise EditionError(
            (Problem("unknown_edition", f"没有名为“{name}”的版本", "版本名称", suggestion(name, editions())),)
        )
    return load_edition(EDITIONS / name)


def load_edition(folder: Path) -> Edition:
    """The edition in a folder; its base is a folder beside it or an edition of the catalogue.

    Raises EditionError with every problem of its files.
    """
    library = Library()
    read = library.folder(folder.resolve())
    if read is None or library.problems:
        raise EditionError(tuple(library.problems))
    return _Loader(read, library).edition()


class _Loader:
    """Builds one edition from folders whose files have the right shape."""

    def __init__(self, folder: Folder, library: Library) -> None:
        self.folder = folder
        self.library = library
        self.problems = library.problems

    def edition(self) -> Edition:
        """The edition; EditionError where anything in it is wrong."""
        data = self.folder.edition.data
        years = self._fiscal_years(data["fiscal_years"])
        checker = CellChecker(
            tuple(vocabulary(year) for year in dict.fromkeys(year for year in years if year))
        )
        forms = self._forms(checker)
        texts = TextReader(checker, self.folder.names("forms"))
        charts = texts.charts(self.folder)
        sections = self._sections(texts, charts)
        said_parts = self._nearest("parts")
        loaded = Edition(
            name=self.folder.name,
            chinese=data["chinese"],
            fiscal_years=years,
            forms=forms,
            parts=texts.parts(said_parts.edition, sections) if said_parts else (),
            sections=sections,
            charts=charts,
            glossary=texts.glossary(self.folder),
            subject_notes=_subject_notes(),
            code_names=self._names(checker),
            style=self._style(),
            base=data.get("base", ""),
            verified=data["verified"],
            source=data["source"],
        )
        self.problems.extend(texts.problems)
        if self.problems:
            raise EditionError(tuple(dict.fromkeys(self.problems)))
        return loaded

    def _fiscal_years(self, years: list[int]) -> tuple[int, int | None]:
        if (
            len(years) not in (1, 2)
            or not all(1990 <= year <= 2100 for year in years)
            or sorted(years) != years
        ):
            what, remedy = "适用年度写得不对", "写作 [首年, 末年]；尚未停用的写作 [首年]。"
            self.problems.append(self.folder.edition.problem("wrong_years", what, remedy, "fiscal_years"))
            raise EditionError(tuple(self.problems))
        return years[0], years[1] if len(years) == 2 else None

    def _forms(self, checker: CellChecker) -> tuple[Form, ...]:
        names = self.folder.names("forms")
        listed = self._nearest("forms")
        order: list[str] = listed.edition.data["forms"] if listed else names
        for index, name in enumerate(order):
            if listed and name not in names:
                what = f"没有名为“{name}”的公开表"
                self.problems.append(
                    listed.edition.problem("unknown_form", what, suggestion(name, names), "forms", index)
                )
        for name in names:
            if name not in order and listed:
                what, remedy = f"forms/{name}.toml 不在 forms 清单中", "在清单中加上它，或删去该文件。"
                self.problems.append(listed.edition.problem("unlisted_form", what, remedy, "forms"))
        forms = []
        for name in order:
            said = self.library.inherited(self.folder, f"forms/{name}.toml")
            if said is not None:
                reader = FormReader(name, said, checker)
                form = reader.form()
                self.problems.extend(reader.problems)
                if form is not None:
                    forms.append(form)
        return tuple(forms)

    def _sections(self, texts: TextReader, charts: dict[str, Any]) -> dict[str, Section]:
        sections = {}
        for name in self.folder.names("sections"):
            said = self.library.inherited(self.folder, f"sections/{name}.toml")
            if said is not None:
                sections[name] = texts.section(name, said, charts)
        return sections

    def _style(self) -> NumberStyle:
        style: dict[str, Any] = {}
        for step in reversed(list(self.folder.lineage())):
            style |= step.edition.data.get("style", {})
        return NumberStyle(**style)

    def _names(self, checker: CellChecker) -> dict[str, str]:
        """The edition's own names of functional codes."""
        names: dict[str, str] = {}
        tree = checker.vocabularies[0].dimensions["function"]
        for step in reversed(list(self.folder.lineage())):
            file = step.files.get("names.toml")
            for code, name in (file.data["names"] if file else {}).items():
                if code not in tree and file:
                    what = f"功能分类没有代码“{code}”"
                    self.problems.append(
                        file.problem("unknown_code", what, suggestion(code, tree.parents), "names", code)
                    )
                names[code] = name
        return names

    def _nearest(self, key: str) -> Folder | None:
        return next((step for step in self.folder.lineage() if key in step.edition.data), None)


@cache
def _subject_notes() -> dict[str, str]:
    """What each functional subject stands for, in our own words."""
    return {row["code"]: row["note"] for row in read_rows(CODES / "function_notes.csv")}
