"""Documents → files: DOCX, PDF, HTML, XLSX, JSON, open data, and the manifest of what was written."""
