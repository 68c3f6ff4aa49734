"""Office files as archives of parts: unpacked in small pieces under limits, declarations refused, XML parsed safely."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from mingzhang.documents import Problem
from mingzhang.read.unreadable import UnreadableFileError

_LARGEST_PART = 100 * 1024 * 1024
_RATIO = 250
_FREE = 4 * 1024 * 1024
"""Parts up to this size may be packed as tightly as they like."""
_MOST_PARTS = 20_000
_SAVE_AGAIN = "用 Word、Excel 或 WPS 打开后另存，再核对"


class Archive:
    """The parts of a DOCX or XLSX file; every refusal is an UnreadableFileError."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
            parts = self._zip.infolist()
        except Exception:  # zipfile passes on many kinds from struct, zlib and the file itself
            raise self.refused("file_broken", "文件已损坏，无法解开", "重新下载或导出后再核对") from None
        if any(part.flag_bits & 1 for part in parts):
            raise self.refused("file_encrypted", "文件设有密码", "取消密码后另存，再核对")
        if len(parts) > _MOST_PARTS:
            raise self.refused("zip_bomb", "文件内部的部件异常多", "不要打开来历不明的文件")
        self.names = frozenset(part.filename for part in parts)

    def refused(self, code: str, what: str, remedy: str = _SAVE_AGAIN) -> UnreadableFileError:
        """The refusal of this file."""
        return UnreadableFileError(Problem(code, what, self.name, remedy))

    def part(self, path: str) -> bytes | None:
        """One part unpacked; None where there is none."""
        if path not in self.names:
            return None
        pieces: list[bytes] = []
        grown = 0
        try:
            packed = self._zip.getinfo(path).compress_size
            with self._zip.open(path) as stream:
                while piece := stream.read(1 << 20):
                    grown += len(piece)
                    if grown > _LARGEST_PART or grown > max(_RATIO * packed, _FREE):
                        raise self.refused(
                            "zip_bomb",
                            "文件解开后异常庞大，可能是恶意构造的压缩文件",
                            "不要打开来历不明的文件",
                        )
                    pieces.append(piece)
        except UnreadableFileError:
            raise
        except Exception:  # a damaged part fails in zlib, lzma, bz2 or its check sum
            raise self.refused("file_broken", "文件已损坏，无法解开", "重新下载或导出后再核对") from None
        return b"".join(pieces)

    def xml(self, path: str) -> Any:
        """One XML part as an element; None where there is none."""
        raw = self.part(path)
        if raw is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        try:
            root = etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as failure:
            if "depth" in str(failure):
                raise self.refused("too_deep", "文件内容层层嵌套过深，无法读取") from None
            raise self.refused("file_broken", "文件内容已损坏，无法读取") from None
        except ValueError:
            raise self.refused("file_broken", "文件内容已损坏，无法读取") from None
        if root.getroottree().docinfo.doctype:
            raise self.refused("file_unsafe", "文件含有不允许的 XML 声明")
        return root
