"""LibreOffice headless for the writers' tests: convert a file, in a profile of its own."""

import shutil
import subprocess
from pathlib import Path

import pytest


def convert(source: Path, kind: str, folder: Path) -> Path:
    """Convert a file with LibreOffice into `folder`; skips the test where LibreOffice is not installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder.mkdir(exist_ok=True)
    command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180
    )
    result = folder / f"{source.stem}.{kind}"
    assert result.exists(), f"LibreOffice made no {kind} of {source.name}"
    return result
