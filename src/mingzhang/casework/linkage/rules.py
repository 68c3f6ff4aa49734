"""How sure a match must be (认定门槛): local choices (参), in bits of weight, the prior included; 10 bits are odds of a thousand to one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds of a comparison."""

    high: float = 10.0
    """From here on a pair is taken for one person, if nothing speaks against it."""
    low: float = -3.0
    """Below, a pair is not shown; between both a person judges."""
    fracture: float = 3.0
    """A pair that was taken for one person before is so until it falls below this."""
    margin: float = 7.0
    """A second candidate as near as this makes the first one doubtful."""
    overlap: float = 0.5
    """Of the shorter list, the share expected to be on the longer one; the prior follows from it."""
