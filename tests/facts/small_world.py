"""A small vocabulary for the tests of facts: spending by function and nature, two units and their eliminations."""

from mingzhang.facts import Concept, Coordinate, Dimension, Fact, PrintedAt, Vocabulary
from mingzhang.numbers import PERCENT, PERSON, RATIO, TEN_THOUSAND_YUAN, YUAN, Unit, printed


def concept(name, dimensions=(), part_of=None, unit=YUAN):
    return Concept(name, name, unit, "for tests", "tests", dimensions, part_of)


def tree(name, parents, **options):
    return Dimension(name, name, parents, {code: f"第{code}类" for code in parents}, **options)


WORLD = Vocabulary(
    {
        each.name: each
        for each in (
            concept("uses"),
            concept("spending", ("function", "nature", "project"), "uses"),
            concept("resources", ("function",)),
            concept("revenue", ("function",), "resources"),
            concept("opening", ("function",), "resources"),
            concept("reserve", (), "resources"),
            concept("staff", (), unit=PERSON),
            concept("mark", ("function",), unit=RATIO),
        )
    },
    {
        "function": tree(
            "function",
            {"204": None, "20401": "204", "20402": "204", "2040201": "20402", "205": None, "20501": "205"},
        ),
        "nature": tree("nature", {"basic": None, "project": None}),
        "project": tree("project", {"aid": None, "aid-city": "aid", "aid-rural": "aid"}, whole=False),
    },
    tree("entity", {"bureau": None, "office": "bureau", "centre": "bureau", "bureau-eliminations": "bureau"}),
)


def stated(text: str, digits: str, unit: Unit | None = None) -> Fact:
    """A printed fact: 万元 for amounts, % for ratios."""
    coordinate = Coordinate.parse(text)
    if unit is None:
        unit = PERCENT if coordinate.measure.kind in ("growth", "share", "completion") else TEN_THOUSAND_YUAN
    number = printed(digits, unit)
    return Fact(coordinate, number.interval, PrintedAt("report", 1, 0, len(digits)), number)
