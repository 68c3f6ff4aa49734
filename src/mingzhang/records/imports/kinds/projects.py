"""Projects (项目) in two levels: a first-level project above its sub-projects."""

from mingzhang.records.imports.common import UNIT
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.project_rows import take_projects
from mingzhang.records.imports.values import text, year, yes_no

kind = Kind(
    "projects",
    "项目表",
    (
        UNIT,
        Field("code", "项目编码", text(60), ("项目代码", "预算项目编码", "项目编号"), required=True, width=18),
        Field("name", "项目名称", text(120), ("预算项目名称", "项目"), required=True, width=30),
        Field("parent", "一级项目编码", text(60), ("上级项目编码", "上级项目", "一级项目", "上级编码", "父项目编码"), note="二级项目填它的一级项目；一级项目留空", width=18),
        Field("year_from", "起始年度", year, ("开始年度", "起始年份"), default=None, width=10),
        Field("year_to", "终止年度", year, ("结束年度", "终止年份", "截止年度"), default=None, width=10),
        Field("effect", "项目成效", text(2000), ("成效", "主要成效", "项目内容"), note="印在项目支出说明里", width=40),
        Field("secret", "涉密", yes_no, ("是否涉密",), default=False, choices=("是", "否"), note="涉密项目不公开名称", width=8),
    ),
    take_projects,
)  # fmt: skip
