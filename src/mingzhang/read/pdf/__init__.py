"""PDF files → raw documents: characters and ruling lines → lines, tables with spans, paragraphs, all with their boxes."""

from mingzhang.read.pdf.report import read_pdf

__all__ = ["read_pdf"]
