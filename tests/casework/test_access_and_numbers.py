"""Letters and scopes of the permission matrix; patterns of numbers."""

import pytest

from mingzhang.casework.access import ROLES, Scope, letters, scope
from mingzhang.casework.numbering import pattern_mistake, written

ACCESS = {"HEAD": "A", "OFFICE": "S", "AID": "WA", "JO": "O", "LWY": "O", "UNIT": "W", "FIN": "S", "ADM": "R"}


@pytest.mark.parametrize(
    ("role", "held", "reach"),
    [
        ("HEAD", "ARS", Scope.ALL),
        ("OFFICE", "S", None),
        ("AID", "ARSW", Scope.ALL),
        ("JO", "O", Scope.AREA),
        ("LWY", "O", Scope.OWN),
        ("UNIT", "RSW", Scope.ORGANISATION),
        ("FIN", "S", None),
        ("ADM", "", None),
        ("AUD", "", None),
        ("PUB", "", None),
    ],
)
def test_letters_and_scopes(role, held, reach):
    assert "".join(sorted(letters(ACCESS, role))) == held
    assert scope(ACCESS, role) is reach


def test_a_role_of_the_department_with_own_records_only_sees_its_own():
    assert scope({"LAW": "O"}, "LAW") is Scope.OWN


def test_the_matrix_has_its_roles():
    assert len(ROLES) == 23
    assert all(ROLES.values())


@pytest.mark.parametrize("pattern", ["援字〔{year}〕第{number}号", "JZ{year}-{number:04}"])
def test_patterns_of_numbers(pattern):
    assert pattern_mistake(pattern) is None
    assert "2021" in written(pattern, 2021, 7)


@pytest.mark.parametrize(
    "pattern",
    [
        "援{number}号",
        "援〔{year}〕号",
        "〔{year}〕{number}{number}",
        "〔{year}〕{number}{page}",
        "〔{year〕{number}",
        "{year}{number:x}",
    ],
)
def test_patterns_that_are_none(pattern):
    assert pattern_mistake(pattern)
