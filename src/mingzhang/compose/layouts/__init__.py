"""Layouts of forms, one a file: each gives a draft header and body rows and returns relative column widths."""

from mingzhang.compose.layouts.draft import BLANK, Draft, Slot
from mingzhang.compose.layouts.economic_groups import economic_groups
from mingzhang.compose.layouts.functional import codes_of, functional
from mingzhang.compose.layouts.rows import listed, single_row
from mingzhang.compose.layouts.two_sided import two_sided

LAYOUTS = {
    "two_sided": two_sided,
    "functional": functional,
    "economic_groups": economic_groups,
    "single_row": single_row,
    "list": listed,
}
"""Every layout a form may name."""

__all__ = ["BLANK", "LAYOUTS", "Draft", "Slot", "codes_of"]
