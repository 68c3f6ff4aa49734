"""A disclosure as plain text: everything a reader sees, one block a line, for comparison with a golden file."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.documents import Chart, Document, Heading, Paragraph, Table

GOLDEN = Path(__file__).parent


def plain(document: Document) -> str:
    """The text of a document, tables row by row with their notes, charts with their figures."""
    lines = [f"# {document.title}", ""]
    for block in document.blocks:
        if isinstance(block, Heading):
            lines += ["", f"{'#' * (block.level + 1)} {block.text}"]
        elif isinstance(block, Paragraph):
            lines.append(f"{'- ' if block.kind == 'list' else ''}{block.text}")
        elif isinstance(block, Table):
            lines += [f"[{block.number} {block.title} 单位：{block.unit}]"]
            lines += [
                " | ".join(cell.text for cell in row.cells).rstrip(" |")
                for row in (*block.header, *block.body)
            ]
            lines += list(block.notes)
        elif isinstance(block, Chart):
            lines.append(f"[{block.caption}]")
            for series in block.series:
                shown = zip(block.categories, series.figures, strict=True)
                lines.append(
                    f"{series.name}: " + "; ".join(f"{name} {figure.text}" for name, figure in shown)
                )
    return "\n".join(line for line in lines) + "\n"


def compare(name: str, document: Document, update: bool) -> None:
    """Compare with the golden file, or rewrite it when asked to; the diff is reviewed like code."""
    path = GOLDEN / f"{name}.txt"
    text = plain(document)
    if update:
        path.write_text(text, encoding="utf-8")
        pytest.skip(f"{path.name} rewritten")
    assert text == path.read_text(encoding="utf-8"), (
        f"{path.name} differs: look, then run pytest with --update"
    )
