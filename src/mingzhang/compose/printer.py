"""The printer of figures: one place where an exact value becomes digits, so that one coordinate prints the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from mingzhang.documents import Figure
from mingzhang.facts import Coordinate, FactStore
from mingzhang.forms.edition import NumberStyle
from mingzhang.numbers import PERCENT, TEN_THOUSAND_YUAN, YUAN, Unit, print_value

_RATIOS = frozenset({"growth", "share", "completion"})


class Printer:
    """Prints the facts of a store in an edition's style.

    `controlled` maps coordinates to the digits that controlled rounding chose (in 万元); all others are rounded
    half-up, once, from the exact value. `money` is the unit that amounts are printed in.
    """

    def __init__(
        self,
        store: FactStore,
        style: NumberStyle,
        controlled: Mapping[Coordinate, Decimal] | None = None,
        *,
        money: Unit = TEN_THOUSAND_YUAN,
    ) -> None:
        self.store = store
        self.style = style
        self.controlled = controlled or {}
        self.money = money

    def unit_of(self, coordinate: Coordinate) -> Unit:
        """The unit a coordinate is printed in: 万元 (or `money`) for money, % for ratios, else the concept's own."""
        if coordinate.measure.kind in _RATIOS:
            return PERCENT
        concept = self.store.vocabulary.concepts.get(coordinate.concept)
        unit = concept.unit if concept else YUAN
        return self.money if unit is YUAN else unit

    def figure(
        self,
        coordinate: Coordinate,
        *,
        magnitude: bool = False,
        in_table: bool = False,
        unit: Unit | None = None,
        decimals: int | None = None,
    ) -> Figure | None:
        """The printed figure at a coordinate, None where it is unknown.

        `magnitude` prints the absolute value (a direction word says the sign); `in_table` keeps trailing zeros.
        """
        value = self.store.value(coordinate)
        if value is None:
            return None
        unit = unit or self.unit_of(coordinate)
        digits = self.digits(
            coordinate, abs(value) if magnitude else value, unit, in_table=in_table, decimals=decimals
        )
        return Figure(str(coordinate), value, digits, unit.chinese)

    def digits(
        self,
        coordinate: Coordinate,
        value: Fraction,
        unit: Unit,
        *,
        in_table: bool = False,
        decimals: int | None = None,
    ) -> str:
        """The digits alone."""
        chosen = self.controlled.get(coordinate)
        if chosen is not None and unit is TEN_THOUSAND_YUAN:
            value = Fraction(abs(chosen) if value >= 0 else chosen) * unit.scale
        strip = self.style.strip_zeros and not in_table
        places = self._places(unit) if decimals is None else decimals
        return print_value(value, unit, decimals=places, strip_zeros=strip, thousands=self.style.thousands)

    def _places(self, unit: Unit) -> int:
        if unit.kind == "money":
            return self.style.amount_decimals
        if unit is PERCENT:
            return self.style.percent_decimals
        return unit.decimals

    def prints_nothing(self, coordinate: Coordinate) -> bool:
        """Whether the figure is unknown or its digits are all zero."""
        figure = self.figure(coordinate)
        return figure is None or not any(digit in "123456789" for digit in figure.text)

    def printed(self, coordinate: Coordinate) -> Decimal | None:
        """The printed value of an amount in 万元, as a number."""
        value = self.store.value(coordinate)
        if value is None:
            return None
        digits = self.digits(coordinate, value, self.unit_of(coordinate), in_table=True)
        return Decimal(digits.replace(",", ""))
