"""Reports that are not PDF → raw documents: plain text, web pages, DOCX and XLSX, each character knowing its place."""

from mingzhang.read.reports.docx import docx_runs, read_docx
from mingzhang.read.reports.html import read_html
from mingzhang.read.reports.txt import read_txt
from mingzhang.read.reports.xlsx import read_xlsx

__all__ = ["docx_runs", "read_docx", "read_html", "read_txt", "read_xlsx"]
