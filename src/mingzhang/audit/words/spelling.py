"""How far two words are from each other."""

from __future__ import annotations


def distance(one: str, other: str) -> int:
    """The fewest characters to insert, leave out or change that turn one text into the other.

    >>> distance("云岭区水务局", "云领区水务局"), distance("水务局", "水利局本级")
    (1, 3)
    """
    row = list(range(len(other) + 1))
    for number, character in enumerate(one, 1):
        before, row[0] = row[0], number
        for at, another in enumerate(other, 1):
            here = min(row[at] + 1, row[at - 1] + 1, before + (character != another))
            before, row[at] = row[at], here
    return row[-1]
