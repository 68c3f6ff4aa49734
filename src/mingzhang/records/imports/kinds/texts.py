"""Reasons for changes and texts (变动原因、文字说明): each under the key that the report asks for."""

from mingzhang.records.imports.common import BODY, YEAR
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.text_rows import take_texts
from mingzhang.records.imports.values import text

kind = Kind(
    "texts",
    "变动原因与文字说明",
    (
        BODY,
        YEAR,
        Field("key", "键", text(300), ("坐标", "数据项"), required=True, note="不要改动：它说明这段文字属于哪个数或哪一节", width=54),
        Field("subject", "说明", text(2000), ("要写的内容", "栏目", "事项"), note="这一行要写什么", width=40),
        Field("text", "内容", text(30_000), ("文字", "原因", "变动原因", "正文"), note="在这一列填写；暂时没有的留空", width=70),
        Field("author", "填写人", text(40), ("作者", "经办人"), width=10),
    ),
    take_texts,
    note="变动原因写完整的短语，不带句号；文字可分段，以“# ”开头的行是小标题，“|甲|乙|”的行是表格。",
)  # fmt: skip
