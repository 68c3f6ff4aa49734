"""The close of the financial system as arithmetic: income and expense, then net assets (财务会计结转)."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.records.places import Mover, Place, Step, plain


@dataclass
class FinancialClose(Mover):
    """Financial balances on their way. `special_funds` is what an institution puts aside (提取专用基金)."""

    special_funds: int = 0

    def month(self) -> Step:
        """Income and expense into 本期盈余."""
        return self.step("", "期末结转本期盈余", self._result)

    def year(self) -> list[Step]:
        """The month's step, then 本期盈余 over 本年盈余分配 into 累计盈余, with the other net assets of the year."""
        return [
            self.month(),
            self.step("", "本期盈余转入本年盈余分配", lambda: self._all("3301", "3302")),
            self.step("", "提取专用基金", self._put_aside),
            self.step("", "本年盈余分配转入累计盈余", lambda: self._all("3302", "3001")),
            self.step("", "无偿调拨净资产转入累计盈余", lambda: self._all("3401", "3001")),
            self.step("", "以前年度盈余调整转入累计盈余", lambda: self._all("3501", "3001")),
        ]

    def _result(self) -> None:
        self.carry(lambda place: place.account[0] in "45", plain("3301"))

    def _all(self, account: str, into: str) -> None:
        self.carry(lambda place: place.account == account, plain(into))

    def _put_aside(self) -> None:
        if self.special_funds:
            self.move(Place("3302"), Place("3101"), -self.special_funds)
