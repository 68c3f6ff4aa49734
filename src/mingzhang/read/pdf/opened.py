"""Opening a PDF: what cannot be read is refused with the reason and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.documents import Problem
from mingzhang.read.unreadable import UnreadableFileError

MOST_PAGES = 2_000
_PASSWORD, _SECURITY = 4, 5


@contextmanager
def opened(content: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    """The open file; raises UnreadableFileError where it is encrypted, broken, empty or far too long."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as failure:
        raise UnreadableFileError(_refusal(getattr(failure, "err_code", None), name)) from None
    try:
        pages = len(document)
        if not pages:
            raise UnreadableFileError(_problem("file_broken", "PDF 文件已损坏，没有一页可以打开", name))
        if pages > MOST_PAGES:
            what = f"PDF 有 {pages} 页，超过上限 {MOST_PAGES} 页"
            remedy = "只保留一份决算报告另存，再核对"
            raise UnreadableFileError(Problem("too_many_pages", what, name, remedy))
        yield document
    finally:
        document.close()


def _refusal(code: int | None, name: str) -> Problem:
    if code in (_PASSWORD, _SECURITY) or raw.FPDF_GetLastError() in (_PASSWORD, _SECURITY):
        remedy = "取得没有密码的文件，或在阅读器中输入密码后“打印”成新的 PDF，再核对"
        return Problem("file_encrypted", "PDF 文件设有打开密码", name, remedy)
    return _problem("file_broken", "PDF 文件已损坏或不完整，无法打开", name)


def _problem(code: str, what: str, name: str) -> Problem:
    return Problem(code, what, name, "重新下载或导出后再核对")
