"""`mingzhang audit FILE…`: say what in a published report contradicts what, prove it, point at the place."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

SHAPES = ("text", "json", "jsonl", "html", "pdf", "docx", "xlsx")


@click.command("audit")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "shape",
    type=click.Choice(SHAPES),
    default="text",
    help="text、json、jsonl 输出到屏幕；html 审核页、pdf 批注本、docx 审核意见表、xlsx 清单写入文件",
)
@click.option("--coverage", is_flag=True, help="列出没有数可核对的数，和未能读取之处")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="写入的文件夹，默认为当前文件夹"
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="同时核对几个文件")
def command(reports: tuple[Path, ...], shape: str, coverage: bool, out: Path | None, jobs: int) -> None:
    """核对已公开的决算报告（PDF、Word、网页、Excel、纯文本；文件夹即其中全部报告），列出其中互相矛盾之处。"""
    from mingzhang.cli.audit_files import audited, listed

    paths = listed(reports)
    if not paths:
        raise click.UsageError("文件夹中没有可以核对的报告（.pdf、.docx、.xlsx、.html、.txt）")
    files = shape in ("html", "pdf", "docx", "xlsx")
    folder = out or (Path.cwd() if files else None)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    answers = []
    for number, answer in enumerate(audited(paths, shape, folder, min(jobs, len(paths))), 1):
        _progress(number, len(paths))
        found = answer["json"]
        if shape == "jsonl":
            click.echo(json.dumps(found, ensure_ascii=False))
        elif shape == "text" or (files and found["error"]):
            click.echo(answer["text"])
        elif files:
            click.echo(_written(answer, shape))
        if coverage and shape in ("text", "html", "pdf", "docx", "xlsx"):
            click.echo(answer["coverage"], nl=False)
        answers.append(
            (
                found if shape == "json" else None,
                found["error"] is not None,
                any(each["severity"] == "error" for each in found["findings"]),
            )
        )
    if shape == "json":
        click.echo(json.dumps([each[0] for each in answers], ensure_ascii=False, indent=1))
    raise SystemExit(2 if any(each[1] for each in answers) else int(any(each[2] for each in answers)))


def _written(answer: dict[str, str], shape: str) -> str:
    if answer["written"]:
        return f"已写出 {answer['written']}"
    return "未写出：只有 PDF 报告可以写批注本；改用 --format html 或 docx" if shape == "pdf" else "未写出"


def _progress(number: int, total: int) -> None:
    if total > 1 and sys.stderr.isatty():
        click.echo(f"\r已核对 {number}/{total}", err=True, nl=number == total)
