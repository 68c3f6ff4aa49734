"""The three tables of an audited province: their columns, stable types, meanings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type as DuckDB writes it, what it says."""

    name: str
    type: str
    meaning: str


_PATH = Column("path", "VARCHAR", "the file, absolute; joins the tables")
_WHOSE = (
    Column("department", "VARCHAR", "the body that publishes, as the report names itself"),
    Column("year", "INTEGER", "fiscal year of the report"),
)

REPORTS = (
    _PATH,
    Column("digest", "VARCHAR", "SHA-256 of the file; null where the file could not be opened"),
    Column("size", "BIGINT", "bytes of the file"),
    Column("modified", "BIGINT", "time of the file's last change, nanoseconds"),
    Column("program", "VARCHAR", "version and fingerprint of the program that audited it"),
    *_WHOSE,
    Column("edition", "VARCHAR", "the edition of the forms recognised"),
    Column("medium", "VARCHAR", "pdf, docx, html, txt or xlsx"),
    Column("pages", "INTEGER", "number of pages; 1 where there are none"),
    Column("seconds", "DOUBLE", "time of reading and auditing"),
    Column("error", "VARCHAR", "code of why the file could not be read; null where it was"),
    Column("message", "VARCHAR", "the same in Chinese"),
    Column("errors", "INTEGER", "findings of severity error"),
    Column("warnings", "INTEGER", "findings of severity warning"),
    Column("notices", "INTEGER", "findings of severity notice"),
    Column("facts", "INTEGER", "figures read"),
    Column("verified", "INTEGER", "figures that others pin down"),
    Column("contradicted", "INTEGER", "figures that others contradict"),
    Column("unverified", "INTEGER", "figures that nothing checks"),
)

FINDINGS = (
    _PATH,
    *_WHOSE,
    Column("number", "INTEGER", "place among the report's findings, gravest first"),
    Column("rule", "VARCHAR", "name of the relation or check"),
    Column("severity", "VARCHAR", "error, warning or notice"),
    Column("verdict", "VARCHAR", "矛盾, 舍入, 尾差 or 文字"),
    Column("message", "VARCHAR", "what contradicts what, in Chinese"),
    Column("published", "VARCHAR", "as printed"),
    Column("computed", "VARCHAR", "as it would have to be"),
    Column("page", "INTEGER", "page of the first place"),
    Column("quote", "VARCHAR", "words of the first place"),
    Column("places", "INTEGER", "number of places"),
    Column("facts", "VARCHAR[]", "ids of every figure of the proof, suspected ones first"),
)

FACTS = (
    _PATH,
    *_WHOSE,
    Column("id", "VARCHAR", "id of the figure within its report"),
    Column("coordinate", "VARCHAR", "concept[dimension=code,…]@entity/period#measure"),
    Column(
        "concept", "VARCHAR", "the concept; the Chinese words themselves where the catalogue does not know it"
    ),
    Column("dimensions", "VARCHAR", "dimension=code,…; empty for the total"),
    Column("entity", "VARCHAR", "the body that the figure is about"),
    Column("period", "VARCHAR", "a fiscal year, or a span within it"),
    Column(
        "measure",
        "VARCHAR",
        "actual, initial_budget, adjusted_budget, change, growth, share, completion, count",
    ),
    Column("base", "VARCHAR", "what change, growth, share and completion compare with"),
    Column("text", "VARCHAR", "the digits as printed"),
    Column("unit", "VARCHAR", "the unit as printed"),
    Column(
        "value", "DECIMAL(28,6)", "signed, in base units: yuan, a ratio, the thing counted; null beyond 10^21"
    ),
    Column("page", "INTEGER", "page of the first place"),
    Column("label", "VARCHAR", "the words that name the figure"),
    Column("context", "VARCHAR", "form or section"),
    Column("source", "VARCHAR", "table or text"),
    Column("status", "VARCHAR", "verified, contradicted or unverified"),
)

TABLES = {"reports": REPORTS, "findings": FINDINGS, "facts": FACTS}
"""Every table by the name of its file, `parts/*/<name>.parquet`."""
