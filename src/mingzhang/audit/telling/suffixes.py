"""What the names of an audit's files end in, by format."""

SUFFIXES = {
    "html": ".审核.html",
    "xlsx": ".审核.xlsx",
    "docx": ".审核意见表.docx",
    "pdf": ".批注.pdf",
    "json": ".审核.json",
}
COMMENTED = ".批注.docx"
"""The commented copy that goes with a Word file's table of opinions."""
