"""The portal as people use it: served over the sample bureau by its own command, opened in Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import CHROMIUM, Portal, serving, stopped, surroundings, told


@pytest.fixture(scope="session")
def chromium():
    """The browser, or a reason to skip."""
    if CHROMIUM is None:
        pytest.skip("没有 Chromium：apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_folder(demo_folder, tmp_path_factory) -> Path:
    """The sample bureau's books and published files, which those who look at them may add their traces to."""
    folder = tmp_path_factory.mktemp("sample") / "own"
    shutil.copytree(demo_folder, folder)
    return folder


@pytest.fixture(scope="session")
def portal(chromium, sample_folder) -> Iterator[Portal]:
    """The portal over the sample; tests that change records use `own_portal`."""
    server, address = serving(sample_folder)
    yield Portal(address, sample_folder, chromium)
    stopped(server)


@pytest.fixture(scope="session")
def case_portal(chromium, sample_folder, tmp_path_factory) -> Iterator[Portal]:
    """A portal over a copy of the sample with a street's legal aid in it, a mediator and a judicial office; its tests work on cases of their own."""
    folder = tmp_path_factory.mktemp("casework") / "own"
    shutil.copytree(sample_folder, folder)
    script = Path(__file__).parent / "prepare_casework.py"
    done = subprocess.run(
        [sys.executable, str(script)], env=surroundings(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    server, address = serving(folder)
    yield Portal(address, folder, chromium)
    stopped(server)


@pytest.fixture
def own_portal(chromium, sample_folder, tmp_path) -> Iterator[Portal]:
    """A portal over a copy of the sample that a test may change."""
    folder = tmp_path / "own"
    shutil.copytree(sample_folder, folder)
    server, address = serving(folder)
    yield Portal(address, folder, chromium)
    stopped(server)


@pytest.fixture
def new_portal(chromium, tmp_path) -> Iterator[Portal]:
    """A portal over the empty books of a department with one unit, its worker running beside it; nobody may log in yet."""
    told(
        tmp_path,
        *("init", "--name", "青禾区档案局", "--code", "301", "--unit", "301001:青禾区档案局本级:行政单位"),
        *("--year", "2024", "--edition", "national_fy2022plus", "--start", "empty", "--yes"),
    )
    server, address = serving(tmp_path, with_jobs=True)
    yield Portal(address, tmp_path, chromium)
    stopped(server)
