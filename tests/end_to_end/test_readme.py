"""The README tells the truth: its output is the demo's, its commands exist, both languages say the same."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mingzhang.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_output_shown_is_the_output_of_the_demo(demo, name):
    shown = re.search(r"```\n(主要数字：.*?)```", text_of(name), re.S)
    assert shown is not None
    assert shown[1] in demo[1]
    vouchers = re.search(r"([\d,]+) (?:vouchers|张由)", text_of(name))
    assert vouchers is not None
    assert f"凭证 {vouchers[1].replace(',', '')} 张" in demo[1]


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_exists_with_its_options(name):
    lines = re.findall(r"^    mingzhang (.+)$", text_of(name), re.M)
    assert len(lines) >= 6
    for line in lines:
        words = line.split()
        assert words[0] in COMMANDS
        helped = CliRunner().invoke(main, [*_names(words), "--help"]).output
        for option in (word for word in words if word.startswith("--")):
            assert option in helped, line


def _names(words: list[str]) -> list[str]:
    """The words that name the command: two where the first is a group."""
    found = main.get_command(click.Context(main), words[0])
    return words[:2] if isinstance(found, click.Group) else words[:1]


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_to_a_file(name):
    for target in re.findall(r"\]\(([^)#:]+)\)", text_of(name)):
        assert (ROOT / target).exists(), target


def test_the_folder_map_names_every_package():
    packages = {path.parent.name for path in (ROOT / "src/mingzhang").glob("*/__init__.py")}
    mapped = set(re.findall(r"^  (\w+)/  ", text_of("README.md"), re.M))
    assert mapped == packages


def test_the_library_can_be_imported_without_django():
    program = "import sys, mingzhang, mingzhang.pipeline; sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
