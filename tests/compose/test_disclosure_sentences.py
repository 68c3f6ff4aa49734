"""Sentences of whole disclosures in unusual years: nothing spent, nothing known, red entries, odd texts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from small_department import GENERAL, OFFICE, small_material, small_store

from mingzhang.catalogue.loading import edition, vocabulary
from mingzhang.compose import BudgetUnit, Composition, Material, compose
from mingzhang.documents import Chart, Document, Heading, Paragraph, Table
from mingzhang.facts import FactStore, Point

EDITIONS = ("hubei_wuhan_fy2021", "national_fy2022plus", "shanghai_fy2024")
_DERIVED = ("total_resources", "total_uses", "three_public_spending", "official_vehicle_spending")


def covered(years: tuple[str, ...] = ("2020", "2021"), without: tuple[str, ...] = ()) -> FactStore:
    """A new unit's store that knows its figures of these years to be zero, but for some concepts."""
    words = vocabulary(2021).with_entities([("unit", None, "青岚区观测站")])
    words = words.with_codes("project", []).with_codes("detail", [])
    store = FactStore(words)
    for concept in words.concepts.values():
        if concept.name not in (*_DERIVED, *without):
            for year in years:
                for measure in ("actual", "initial_budget", "adjusted_budget"):
                    store.cover(concept.name, year, measure)
    return store


def composed(store: FactStore, name: str = EDITIONS[0], **texts: str) -> Composition:
    material = Material(
        "unit",
        "青岚区观测站",
        2021,
        kind="unit",
        units=(BudgetUnit("unit", "青岚区观测站", "institution"),),
        texts={"functions": "观测。", "key_work": "观测。", **texts},
    )
    return compose(store, edition(name), material)


def words(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph | Heading))


@pytest.mark.parametrize("name", EDITIONS)
def test_a_unit_without_any_money_asks_for_nothing_and_draws_nothing(name):
    """Ratios of nothing are left out, not asked for; a chart of zeros shows nothing."""
    composition = composed(covered(), name)
    assert composition.problems == ()
    assert not [block for block in composition.document.blocks if isinstance(block, Chart)]


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("store", [covered(), small_store()], ids=["nothing", "small"])
def test_sentences_are_whole(name, store):
    """No doubled marks, no empty lists, no budget that was not set and yet is equalled, no heading over nothing."""
    composition = composed(store, name) if "unit" in store.vocabulary.entities.parents else None
    document = (composition or compose(store, edition(name), small_material())).document
    text = words(document)
    for wrong in (
        "。。",
        "，，",
        "，。",
        "：。",
        "；。",
        "，；",
        "未安排预算，与年初预算持平",
        "为0万元，年初未安排预算，其中",
    ):
        assert wrong not in text, wrong
    paired = zip(document.blocks, [*document.blocks[1:], None], strict=True)
    assert not [
        block for block, following in paired
        if isinstance(block, Heading) and block.level == 3
        and not isinstance(following, Paragraph | Table | Chart)
    ]  # fmt: skip


def test_what_is_unknown_is_asked_for_and_not_called_none():
    """Without a register of procurement the report does not say that nothing was procured."""
    composition = composed(covered(without=("procurement_spending", "operating_costs")))
    text = words(composition.document)
    assert "没有政府采购支出" not in text
    assert "没有机关运行经费支出" not in text
    keys = [problem.where for problem in composition.problems]
    assert any("procurement_spending@unit/2021" in key for key in keys)
    assert any("operating_costs@unit/2021" in key for key in keys)


def test_a_new_unit_is_told_to_state_zero_for_the_year_before_it_was():
    composition = composed(covered(("2021",)))
    assert any("上年数填0" in problem.remedy for problem in composition.problems)


def test_charts_and_headings_are_numbered_as_they_come():
    """Left-out charts and sub-headings leave no gap in the numbers."""
    store = covered(("2021",))
    codes = (("fund", GENERAL), ("function", "2040601"), ("nature", "basic"))
    store.add_points([Point("revenue", codes, "unit", "2021", Fraction(50_000))])
    with_economic = tuple(sorted((*codes, ("economic", "30101"))))
    store.add_points([Point("expenditure", with_economic, "unit", "2021", Fraction(50_000))])
    document = composed(store, performance_use="结果用于编制预算。").document
    captions = [block.caption for block in document.blocks if isinstance(block, Chart)]
    assert captions == ["图1：收入决算结构", "图2：支出决算结构"]
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert "（三）绩效自评结果应用情况" in headings


def test_a_negative_part_is_no_slice_of_a_ring():
    store = small_store()
    codes = (("economic", "30227"), ("fund", GENERAL), ("function", "2040602"), ("nature", "project"))
    store.add_points([Point("expenditure", codes, OFFICE, "2021", Fraction(-9_000_000))])
    document = compose(store, edition(EDITIONS[0]), small_material()).document
    kinds = {block.name: block.kind for block in document.blocks if isinstance(block, Chart)}
    assert kinds["expenditure_structure"] == "bars"
    assert kinds["revenue_structure"] == "ring"


def test_texts_of_the_user_keep_their_shape_whatever_they_hold():
    """Ragged rows, separator lines, lone marks and skipped heading levels make no empty or broken blocks."""
    text = "## 深\n#### 更深\n#\n| a | b | c |\n|---|:-:|---|\n| 1 | {year} |\n||\n| 1 | 2 | 3 | 4 |"
    material = replace(small_material(), texts={"functions": "保管。", "key_work": text})
    blocks = list(compose(small_store(), edition(EDITIONS[0]), material).document.blocks)
    first = next(place for place, block in enumerate(blocks) if getattr(block, "text", "") == "深")
    deep, deeper, table = blocks[first : first + 3]
    assert isinstance(deep, Heading)
    assert isinstance(deeper, Heading)
    assert isinstance(table, Table)
    assert (deep.level, deeper.level) == (2, 3)
    rows = [[cell.text for cell in row.cells] for row in (*table.header, *table.body)]
    assert rows == [["a", "b", "c", ""], ["1", "2021", "", ""], ["1", "2", "3", "4"]]
