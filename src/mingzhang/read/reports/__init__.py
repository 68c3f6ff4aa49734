"""Reports that are not PDF → raw documents: plain text, web pages, DOCX and XLSX, each character knowing its place."""
