"""The business lines (业务线): one folder each, data first; `lines` reads and checks them once."""

from mingzhang.lines.library import BrokenLinesError, line_with_code, lines, read_lines
from mingzhang.lines.rules import deadline_families, deadline_rules, metric_checklist

__all__ = [
    "BrokenLinesError",
    "deadline_families",
    "deadline_rules",
    "line_with_code",
    "lines",
    "metric_checklist",
    "read_lines",
]
