"""`mingzhang audit FILE…`: say which printed numbers of a report cannot all be true."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("audit")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "shape", type=click.Choice(("text", "json", "jsonl")), default="text", help="输出格式"
)
@click.option("--coverage", is_flag=True, help="列出没有数可核对的数")
def command(reports: tuple[Path, ...], shape: str, coverage: bool) -> None:
    """核对已公开的决算报告（目前读纯文本），列出互相矛盾的数字。"""
    from mingzhang import pipeline
    from mingzhang.audit.result import exit_status

    audits = []
    for path in reports:
        audit = pipeline.audit(path)
        audits.append(audit)
        if shape == "jsonl":
            click.echo(json.dumps(audit.as_json(), ensure_ascii=False))
        elif shape == "text":
            click.echo(audit.in_chinese())
            if coverage:
                for statement in audit.statements:
                    if (audit.status or {}).get(statement.id) == "unverified":
                        click.echo(
                            f"  没有数可核对：{statement.context}　{statement.label}　{statement.shown}"
                        )
    if shape == "json":
        click.echo(json.dumps([audit.as_json() for audit in audits], ensure_ascii=False, indent=1))
    raise SystemExit(exit_status(audits))
