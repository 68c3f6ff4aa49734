"""Staff and budget units (人员构成、单位构成), at 31 December."""

from mingzhang.facts import Concept
from mingzhang.numbers import PERSON, unit_named

_SOURCE = "部门决算公开说明 · 部门概况"

staff_in_post = Concept(
    "staff_in_post",
    "在职实有人数",
    PERSON,
    "Staff in post, by kind of establishment.",
    _SOURCE,
    ("staff",),
    flow=False,
    source_ids=("staff.active", "staff.active.admin", "staff.active.inst"),
)
retired_staff = Concept(
    "retired_staff",
    "离退休人员",
    PERSON,
    "Retired staff, by kind.",
    _SOURCE,
    ("retirement",),
    flow=False,
    source_ids=("staff.retired", "staff.retired.lixiu", "staff.retired.tuixiu"),
)
staff_recruited = Concept(
    "staff_recruited", "新录用公务员", PERSON, "Civil servants hired in the year.", _SOURCE
)
budget_units = Concept(
    "budget_units",
    "纳入决算编制范围的单位",
    unit_named("个"),
    "Budget units in the final accounts, by kind.",
    _SOURCE,
    ("unit_kind",),
    flow=False,
    source_ids=("units.total", "units.admin", "units.inst_civil", "units.institution"),
)
subordinate_units = Concept(
    "subordinate_units",
    "下属单位",
    unit_named("个"),
    "Budget units below the department's own office.",
    _SOURCE,
    flow=False,
    source_ids=("units.subordinate",),
)
