"""`mingzhang audit FILE…`: say what in a published report contradicts what, prove it, point at the place."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mingzhang.cli.audit_files import Request

SHAPES = ("text", "json", "jsonl", "html", "pdf", "docx", "xlsx", "parquet")


@click.command("audit")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "shape",
    type=click.Choice(SHAPES),
    default="text",
    help="text、json、jsonl 输出到屏幕；html 审核页、pdf 批注本、docx 审核意见表（报告是 Word 文件的，另写批注本）、xlsx 清单写入文件；parquet 大量报告的结果表，可中断后续做",
)
@click.option("--coverage", is_flag=True, help="列出没有数可核对的数，和未能读取之处")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="写入的文件夹，默认为当前文件夹"
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="同时核对几个文件")
@click.option(
    "--cluster",
    metavar="地址",
    default="",
    help="用 dask.distributed 集群核对（只用于 --format parquet）：调度器地址，如 tcp://10.0.0.1:8786；不给则用本机",
)
@click.option(
    "--prior",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="同一部门上一年度的决算报告：本报告推算的上年数与它所载的上年数核对",
)
@click.option(
    "--together", is_flag=True, help="各文件同属一个部门（含所属单位、预算与决算、各年度），互相核对"
)
@click.option(
    "--against",
    "former",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="同一报告的旧稿：逐条说明已改、未改、新出现",
)
@click.option(
    "--accepted", type=click.Path(path_type=Path, dir_okay=False), help="认可记录文件：其中的问题不再列出"
)
@click.option(
    "--accept", "number", type=click.IntRange(1), help="认可第几条意见，连同 --reason 写入 --accepted 文件"
)
@click.option("--reason", default="", help="认可的理由")
def command(
    reports: tuple[Path, ...],
    shape: str,
    coverage: bool,
    out: Path | None,
    jobs: int,
    cluster: str,
    prior: Path | None,
    together: bool,
    former: Path | None,
    accepted: Path | None,
    number: int | None,
    reason: str,
) -> None:
    """核对已公开的决算报告（PDF、Word、网页、Excel、纯文本；文件夹即其中全部报告），列出其中互相矛盾之处。"""
    from mingzhang.cli.audit_files import Request, audited, audited_together, listed

    paths = listed(reports)
    if not paths:
        raise click.UsageError("文件夹中没有可以核对的报告（.pdf、.docx、.xlsx、.html、.txt）")
    files = shape in ("html", "pdf", "docx", "xlsx")
    folder = out or (Path.cwd() if files else None)
    accepted_path, reason = str(accepted or ""), reason.strip()
    request = Request(shape, folder, prior, former, _text(accepted), accepted_path, number or 0, reason)
    _fits(paths, request, together)
    _fits_tables(shape, cluster, prior or former or accepted or together)
    if shape == "parquet":
        from mingzhang.cli.audit_province import audit_into_tables

        raise SystemExit(audit_into_tables(paths, out or Path.cwd(), jobs, cluster))
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    ways = audited_together if together and len(paths) > 1 else audited
    answers = []
    for at, answer in enumerate(ways(paths, request, min(jobs, len(paths))), 1):
        _progress(at, len(paths))
        found = answer["json"]
        if shape == "jsonl":
            click.echo(json.dumps(found, ensure_ascii=False))
        elif shape == "text" or (files and found["error"]):
            click.echo(answer["text"])
        elif files:
            click.echo(_written(answer, shape))
        if coverage and shape in ("text", "html", "pdf", "docx", "xlsx"):
            click.echo(answer["coverage"], nl=False)
        if accepted and answer["accepted"]:
            accepted.write_text(answer["accepted"], encoding="utf-8", newline="\n")
            click.echo(f"已记入 {accepted}", err=True)
        answers.append(
            (
                found if shape == "json" else None,
                found["error"] is not None or answer["undone"],
                any(each["severity"] == "error" for each in found["findings"]),
            )
        )
    if shape == "json":
        click.echo(json.dumps([each[0] for each in answers], ensure_ascii=False, indent=1))
    raise SystemExit(2 if any(each[1] for each in answers) else int(any(each[2] for each in answers)))


def _fits(paths: Sequence[Path], request: Request, together: bool) -> None:
    """Refuse options that do not go together."""
    if len(paths) > 1 and (request.prior or request.former or request.number):
        raise click.UsageError("--prior、--against、--accept 每次只用于一个报告文件")
    if together and (request.prior or request.former):
        raise click.UsageError(
            "--together 与 --prior、--against 不能同时使用；上年报告可以直接列入 --together"
        )
    if together and len(paths) < 2:
        raise click.UsageError("--together 需要两个以上的报告文件")
    if request.number and not (request.accepted_path and request.reason):
        raise click.UsageError("--accept 需要同时给出 --accepted 认可记录文件和 --reason 理由")


def _fits_tables(shape: str, cluster: str, compared: object) -> None:
    if cluster and shape != "parquet":
        raise click.UsageError("--cluster 只用于 --format parquet")
    if shape == "parquet" and compared:
        raise click.UsageError(
            "--format parquet 逐份核对，不能与 --prior、--together、--against、--accepted 同时使用"
        )


def _text(path: Path | None) -> str:
    """The file's text; "" where there is none yet."""
    if path is None or not path.exists():
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise click.UsageError(
            f"认可记录文件读不出来：{path}；用 --accept 生成的文件，编码为 UTF-8"
        ) from wrong


def _written(answer: dict[str, str], shape: str) -> str:
    if answer["written"]:
        return f"已写出 {answer['written']}"
    return "未写出：只有 PDF 报告可以写批注本；改用 --format html 或 docx" if shape == "pdf" else "未写出"


def _progress(number: int, total: int) -> None:
    if total > 1 and sys.stderr.isatty():
        click.echo(f"\r已核对 {number}/{total}", err=True, nl=number == total)
