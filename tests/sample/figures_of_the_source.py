"""The list of the source's figures, read from `source_figures.toml`."""

import tomllib
from pathlib import Path

FIGURES = tomllib.loads((Path(__file__).parent / "source_figures.toml").read_text(encoding="utf-8"))[
    "figures"
]
OF_THE_BOOKS = [figure for figure in FIGURES if "coordinate" in figure]
OF_THE_INDICATORS = [figure for figure in FIGURES if "indicator" in figure]
OF_EVENTS = [figure for figure in FIGURES if "event" in figure]
