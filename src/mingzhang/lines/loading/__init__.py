"""Reading a line's folder: files against their schemas, then everything they name against everything they define."""

from mingzhang.lines.loading.folder import read_line

__all__ = ["read_line"]
