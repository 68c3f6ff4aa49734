"""`mingzhang verify [DIR]`: do the books agree with their trail; are the published files still those of the manifest?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from mingzhang.cli.say import books_option, open_books, step, tell
from mingzhang.documents import Problem
from mingzhang.write.manifest import verify_manifest

_SHOWN = 200


@click.command(
    "verify", help="核验：账簿与留痕是否一致；给出文件夹的，核对公开文件与清单 manifest.json 是否一致。"
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True), required=False)
@click.option("--anchor", is_flag=True, help="核验无误后锚定各链的链头（每夜运行），并显示要另处保存的摘要。")
@click.option("--head", "heads", multiple=True, metavar="号:摘要", help="与另处保存的锚定核对，可多次使用。")
@books_option
def command(folder: Path | None, anchor: bool, heads: tuple[str, ...], books: str | None) -> None:
    """Verify, and end with status 1 where something was changed."""
    if folder is not None:
        _verify_folder(folder)
    else:
        _verify_books(books, anchor, heads)


def _verify_folder(folder: Path) -> None:
    manifest = folder / "manifest.json" if folder.is_dir() else folder
    problems = verify_manifest(manifest)
    tell(problems)
    if problems:
        raise SystemExit(1)
    click.echo(f"{manifest}：全部文件与清单一致。")


def _verify_books(books: str | None, anchor: bool, heads: tuple[str, ...]) -> None:
    open_books(books)
    from mingzhang.records.trail.anchors import anchor_heads, differs_from_kept, last_anchor
    from mingzhang.records.verifying import verify_books

    proved: Counter[str] = Counter()
    found = 0
    for problem in verify_books(proved, step):
        found = _shown(problem, found)
    for kept in heads:
        if problem := differs_from_kept(kept):
            found = _shown(problem, found)
    counts = "、".join(f"{count:,}{name}" for name, count in proved.items() if count)
    click.echo(f"已核验：{counts or '账簿里还没有记录'}。")
    if found:
        more = f"，只列出前{_SHOWN}处" if found > _SHOWN else ""
        click.echo(f"与留痕不符 {found} 处{more}。", err=True)
        raise SystemExit(1)
    click.echo(f"全部与留痕一致{'，与另处保存的锚定也一致' if heads else ''}。")
    if anchor:
        anchor_heads()
    if last := last_anchor():
        click.echo(f"最近的锚定 {last.number}:{last.digest}  请打印或另处保存，以后用 --head 核对。")


def _shown(problem: Problem, before: int) -> int:
    """Tell a finding, unless many have been told; how many there are with it."""
    if before < _SHOWN:
        tell([problem])
    return before + 1
