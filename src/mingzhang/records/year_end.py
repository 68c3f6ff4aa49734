"""The year-end close of the budgetary system as arithmetic: sixteen steps over balances (年末结账的十六步)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from mingzhang.catalogue.loading import voucher_templates
from mingzhang.records.codes import is_fiscal
from mingzhang.records.places import Mover, Place, Step, plain


@dataclass
class YearEnd(Mover):
    """Balances on their way through the steps.

    `special_surplus` is what an institution puts aside (提取专用结余), `finished_projects` are codes of projects whose
    carry-over becomes surplus (结转转结余).
    """

    administrative: bool = True
    special_surplus: int = 0
    finished_projects: Collection[str] = ()

    def run(self) -> list[Step]:
        """Make all steps that apply to the unit, in their order."""
        steps = []
        for step in voucher_templates().closing:
            if step.applies_to == ("institution" if self.administrative else "administrative"):
                continue
            steps.append(self.step(step.name, step.step, partial(_STEPS[step.name], self)))
        return steps

    # -- the steps -------------------------------------------------------------------------------------------

    def _fiscal_revenue(self) -> None:
        self.carry(lambda place: place.account.startswith("6001"), _to("810106"))

    def _fiscal_expenditure(self) -> None:
        self.carry(lambda place: place.account[0] == "7" and is_fiscal(place.fund), _to("810106"))

    def _fiscal_carryover(self) -> None:
        self.carry(
            lambda place: place.account.startswith("8101") and place.account != "810107", _to("810107")
        )

    def _finished_fiscal_projects(self) -> None:
        self.carry(lambda place: place.account == "810107" and self._is_finished(place), _to("810204"))

    def _fiscal_surplus(self) -> None:
        self.carry(
            lambda place: place.account.startswith("8102") and place.account != "810205", _to("810205")
        )

    def _special_revenue(self) -> None:
        self.carry(
            lambda place: _is_turnover(place, "6") and place.fund == "nonfiscal_special", _to("820104")
        )

    def _special_expenditure(self) -> None:
        self.carry(
            lambda place: _is_turnover(place, "7") and place.fund == "nonfiscal_special", _to("820104")
        )

    def _special_carryover(self) -> None:
        self.carry(
            lambda place: place.account.startswith("8201") and place.account != "820105", _to("820105")
        )
        self.carry(lambda place: place.account == "820105" and self._is_finished(place), plain("820203"))

    def _other_revenue(self) -> None:
        self.carry(lambda place: _is_turnover(place, "6"), plain("8501"))

    def _other_expenditure(self) -> None:
        self.carry(lambda place: _is_turnover(place, "7"), plain("8501"))

    def _operating(self) -> None:
        self.carry(lambda place: place.account in ("6401", "7301"), plain("8401"))

    def _other_surplus(self) -> None:
        self.carry(lambda place: place.account == "8501", plain("820204"))

    def _to_distribution(self) -> None:
        self.carry(lambda place: place.account == "8501", plain("8701"))
        if self.total("8401") < 0:
            self.carry(lambda place: place.account == "8401", plain("8701"))

    def _put_aside(self) -> None:
        if self.special_surplus:
            self.move(Place("8701"), Place("8301"), -self.special_surplus)

    def _distribution_rest(self) -> None:
        self.carry(lambda place: place.account == "8701", plain("820204"))

    def _nonfiscal_surplus(self) -> None:
        self.carry(
            lambda place: place.account.startswith("8202") and place.account != "820204", plain("820204")
        )

    def _is_finished(self, place: Place) -> bool:
        return place.project in self.finished_projects and self.balances[place] < 0


_STEPS: Mapping[str, Callable[[YearEnd], None]] = {
    "Y01": YearEnd._fiscal_revenue,
    "Y02": YearEnd._fiscal_expenditure,
    "Y03": YearEnd._fiscal_carryover,
    "Y04": YearEnd._finished_fiscal_projects,
    "Y05": YearEnd._fiscal_surplus,
    "Y06": YearEnd._special_revenue,
    "Y07": YearEnd._special_expenditure,
    "Y08": YearEnd._special_carryover,
    "Y09": YearEnd._other_revenue,
    "Y10": YearEnd._other_expenditure,
    "Y11": YearEnd._operating,
    "Y12": YearEnd._other_surplus,
    "Y13": YearEnd._to_distribution,
    "Y14": YearEnd._put_aside,
    "Y15": YearEnd._distribution_rest,
    "Y16": YearEnd._nonfiscal_surplus,
}


def _is_turnover(place: Place, first: str) -> bool:
    """Revenue (6) or expenditure (7) that is neither fiscal nor operating."""
    return place.account[0] == first and place.account not in ("6401", "7301") and not is_fiscal(place.fund)


def _to(account: str) -> Callable[[Place], Place]:
    """Into an account that is kept by function, nature, fund and project."""
    return lambda place: Place(account, place.function, "", place.nature, place.fund, place.project)
