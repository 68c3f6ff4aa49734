"""What lists show of personal fields."""

import pytest

from mingzhang.casework.definitions import Field, FieldType, PrivacyClass
from mingzhang.casework.masking import masked


def field(name, privacy, kind="text", **stated):
    return Field(name=name, chinese="某项", type=FieldType(kind), privacy=PrivacyClass(privacy), **stated)


@pytest.mark.parametrize(
    ("each", "value", "shown"),
    [
        (field("name", "P1"), "张三", "张*"),
        (field("phone", "P1", identifier="phone"), "13800000000", "138****0000"),
        (field("address", "P1"), "洪山区某街1号2栋3室", "洪山区某街1****"),
        (field("id_no", "P2", identifier="resident_id"), "42011119900307291X", "420*************1X"),
        (field("id_no", "P2"), "E12345", "******"),
        (field("facts", "P2", "long_text"), "某日被拖欠工资", "******"),
        (field("health", "P2"), "甲", "******"),
        (field("verdict", "P3"), "某判决", "已封存"),
        (field("remark", "P1", "long_text"), "住在某处", "******"),
        (field("name", "P1"), "", ""),
    ],
)
def test_masks(each, value, shown):
    assert masked(each, value) == shown
