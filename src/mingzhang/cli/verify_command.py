"""`mingzhang verify DIR`: are the published files still those of the manifest?"""

from __future__ import annotations

from pathlib import Path

import click

from mingzhang.cli.say import tell
from mingzhang.write.manifest import verify_manifest


@click.command("verify", help="核对公开文件与清单 manifest.json 的摘要是否一致。")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
def command(folder: Path) -> None:
    """Verify, and end with status 1 where something was changed."""
    manifest = folder / "manifest.json" if folder.is_dir() else folder
    problems = verify_manifest(manifest)
    tell(problems)
    if problems:
        raise SystemExit(1)
    click.echo(f"{manifest}：全部文件与清单一致。")
