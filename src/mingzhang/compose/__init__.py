"""Facts × forms and sections → the neutral document. Rounds once, writes sentences, keeps every figure's coordinate."""

from mingzhang.compose.disclosure import Composition, compose
from mingzhang.compose.explain import Explainer
from mingzhang.compose.material import BudgetUnit, Material, ProjectEntry
from mingzhang.compose.printer import Printer
from mingzhang.compose.tables import compose_table

__all__ = [
    "BudgetUnit",
    "Composition",
    "Explainer",
    "Material",
    "Printer",
    "ProjectEntry",
    "compose",
    "compose_table",
]
