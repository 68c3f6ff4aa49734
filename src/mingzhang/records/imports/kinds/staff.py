"""Changes of staff numbers (人员变动): the number on a day is the sum of all changes up to it."""

from mingzhang.records.imports.common import UNIT
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.registers import Register, not_in_future
from mingzhang.records.imports.values import choice, day, text, whole
from mingzhang.records.models import StaffChange

_KINDS = {label: code for code, label in StaffChange.Kind.choices} | {
    "行政": "administrative", "行政人员": "administrative", "事业": "institution", "事业人员": "institution", "离休": "veteran", "退休": "ordinary",
}  # fmt: skip
_REASONS = {label: code for code, label in StaffChange.Reason.choices}

kind = Kind(
    "staff",
    "人员变动",
    (
        UNIT,
        Field("on", "变动日期", day, ("日期", "变动时间"), required=True, width=12),
        Field("kind", "人员类别", choice(_KINDS, "staff_kind"), ("人员性质", "编制类别", "类别"), required=True, choices=tuple(StaffChange.Kind.labels)),
        Field("change", "增减人数", whole(smallest=-100_000, largest=100_000, what="人数"), ("变动人数", "人数", "增减"), required=True, note="增加填正数，减少填负数；建账时填年初人数", width=10),
        Field("reason", "变动原因", choice(_REASONS, "staff_reason"), ("原因",), required=True, choices=tuple(StaffChange.Reason.labels), width=10),
        Field("note", "备注", text(200), ("说明",), width=30),
    ),
    Register(StaffChange, ("entity", "on", "kind", "change", "reason", "note"), check=not_in_future("on")),
)  # fmt: skip
