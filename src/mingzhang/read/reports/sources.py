"""The bytes of a file, with its size seen before it is read."""

from __future__ import annotations

from pathlib import Path

from mingzhang.documents import Problem
from mingzhang.read.unreadable import UnreadableFileError

LARGEST = 100 * 1024 * 1024


def content(source: Path | bytes, name: str = "", largest: int = LARGEST) -> tuple[bytes, str]:
    """The bytes of a source and the name to call it by; raises UnreadableFileError for what cannot be a report."""
    name = name or (source.name if isinstance(source, Path) else "")
    raw = source if isinstance(source, bytes) else _read(source, name, largest)
    if len(raw) > largest:
        raise _too_large(len(raw), name, largest)
    if not raw.strip(b" \t\r\n\0"):
        what = "文件是空的（没有任何内容）" if raw else "文件是空的（0 字节）"
        raise UnreadableFileError(Problem("file_empty", what, name, "重新下载或导出后再核对"))
    return raw, name


def _read(path: Path, name: str, largest: int) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableFileError(
                Problem("file_is_folder", "这是文件夹，不是文件", str(path), "指定文件夹中的报告文件")
            )
        if path.exists() and not path.is_file():
            raise UnreadableFileError(
                Problem("not_a_file", "这不是普通文件（管道或设备）", str(path), "先存成文件再核对")
            )
        size = path.stat().st_size
        if size > largest:
            raise _too_large(size, name, largest)
        return path.read_bytes()
    except UnreadableFileError:
        raise
    except FileNotFoundError:
        problem = Problem("file_missing", "找不到文件", str(path), "检查路径和文件名")
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or "路径不能用"
        problem = Problem("file_closed", f"无法打开文件（{reason}）", str(path), "检查路径、文件名和权限")
    raise UnreadableFileError(problem)


def _too_large(size: int, name: str, largest: int) -> UnreadableFileError:
    what = f"文件有 {size / 1024**2:.0f} MB，超过上限 {largest / 1024**2:.0f} MB"
    remedy = "只保留一份决算报告，去掉图片和附件后另存，再核对"
    return UnreadableFileError(Problem("file_too_large", what, name, remedy))
