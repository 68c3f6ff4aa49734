"""HiGHS without its banner: what a program prints on standard output is its own answer only."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy


def quiet_solver() -> highspy.Highs:
    """A solver that prints nothing and runs on one thread. The library loads when it is first needed."""
    solver: highspy.Highs = _quiet_kind()()
    solver.setOptionValue("threads", 1)
    return solver


@cache
def _quiet_kind() -> type[highspy.Highs]:
    import highspy

    class Quiet(highspy.Highs):
        """The constructor enables callbacks, which prints the banner unless output is off by then."""

        def enableCallbacks(self) -> None:  # noqa: N802
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Quiet
