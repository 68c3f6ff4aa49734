"""People: sealed, found by their numbers, merged, proved."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection

from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.models import Person, Personal
from mingzhang.records.casework.people import (
    add_person,
    change_sealed,
    merge_people,
    opened,
    standing_person,
    with_number,
)
from mingzhang.records.verifying import verify_books
from records.casework.helping import clean

SINCE = date(2023, 1, 1)
NUMBER = "11010519491231002X"


def test_a_merged_person_is_found_by_every_key(district):
    first, second, third = (add_person(SINCE, {"name": name}) for name in ("张一", "张二", "张三"))
    merge_people(second, third, "同一人")
    merge_people(first, second, "同一人")
    assert standing_person(third.key) == standing_person(second.key) == first
    with pytest.raises(RefusedError):
        merge_people(first, third, "再来")
    clean()


def test_a_person_is_sealed_and_found_by_the_number(district):
    person = add_person(SINCE, {"name": "王小明", "id_no": NUMBER, "phone": "13800000000"}, sex="女")
    assert "王小明" not in str([vars(row) for row in [*Person.objects.all(), *Personal.objects.all()]])
    assert opened(person) == {"name": "王小明", "id_no": NUMBER, "phone": "13800000000"}
    assert with_number(NUMBER) == person
    with pytest.raises(RefusedError, match="已经登记"):
        add_person(SINCE, {"name": "王晓明", "id_no": NUMBER})
    with pytest.raises(RefusedError) as refused:
        add_person(SINCE, {"id_no": "110105194912310021", "phone": "12"})
    assert {problem.code for problem in refused.value.problems} == {"E-REQ", "E-IDNO", "E-PHONE"}
    change_sealed(person, {"name": "王明", "phone": ""}, "改名")
    assert opened(Person.objects.get()) == {"name": "王明", "id_no": NUMBER}
    clean()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE casework_personal SET sealed = 'AAAA'", "被改动"),
        ("UPDATE casework_personal SET path = 'phone'", "没有留痕"),
        ("UPDATE casework_person SET sealed = '{}'", "没有留痕"),
        ("UPDATE casework_personal SET person_id = NULL", "没有留痕"),
    ],
)
def test_what_is_changed_by_hand_is_named(district, statement, told):
    add_person(SINCE, {"name": "王小明"})
    with connection.cursor() as cursor:
        cursor.execute(statement)
    found = [problem.in_chinese() for problem in verify_books(Counter())]
    assert any(told in each for each in found), found


def test_a_person_is_sealed_anew_when_keys_change(district):
    from mingzhang.records.casework.rotating import add_key, reseal

    person = add_person(SINCE, {"name": "王小明", "id_no": NUMBER})
    name = add_key()
    assert reseal() == 2
    assert set(Personal.objects.values_list("key_name", flat=True)) == {name}
    assert opened(Person.objects.get()) == opened(person) == {"name": "王小明", "id_no": NUMBER}
    assert with_number(NUMBER) == person
    clean()
