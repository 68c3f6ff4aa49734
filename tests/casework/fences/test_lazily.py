"""Shapely is read only where fences are: neither lines nor other casework need it."""

import subprocess
import sys


def test_lines_and_positions_read_no_shapely():
    code = "import sys, mingzhang.lines, mingzhang.casework.positions; mingzhang.lines.lines(); print('shapely' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
