"""The user guide tells the truth: its links lead somewhere, its pictures are the ones taken, its commands exist."""

import re
from pathlib import Path

from mingzhang.cli import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "guide.zh.md").read_text(encoding="utf-8")


def test_every_link_leads_to_a_heading_or_a_file():
    titles = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", GUIDE, flags=re.M | re.S), re.M)
    headings = [re.sub(r"[、，。（）\s]", "", title) for title in titles]
    assert len(set(headings)) == len(headings)
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        if target.startswith("#"):
            assert target[1:] in headings, target
        else:
            assert (DOCS / target).exists(), target


def test_it_shows_every_picture_that_is_taken_and_no_other():
    shown = set(re.findall(r"!\[[^\]]+\]\(images/guide/([\w-]+)\.png\)", GUIDE))
    program = (DOCS.parent / "scripts/picture_guide.py").read_text(encoding="utf-8")
    taken = set(re.findall(r"camera\.take\(.*\"([\w-]+)\"\)$", program, re.M))
    assert shown == taken == {path.stem for path in (DOCS / "images/guide").glob("*.png")}


def test_every_command_it_names_exists():
    named = set(re.findall(r"`?mingzhang ([a-z]+)", GUIDE))
    assert len(named) > 12
    assert named <= set(COMMANDS)
