"""`mingzhang serve`: the portal over the books, with the worker of background jobs beside it."""

from __future__ import annotations

import os

import click

from mingzhang.cli.say import books_option


@click.command("serve", help="启动门户网站（默认只在本机 http://127.0.0.1:8321 提供服务）。")
@books_option
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；0.0.0.0 为所有网卡。")
@click.option("--port", type=click.IntRange(1, 65535), default=8321, show_default=True, help="端口。")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="网页进程数。")
@click.option("--jobs/--no-jobs", default=True, show_default=True, help="是否同时运行后台任务。")
def command(books: str | None, host: str, port: int, workers: int, jobs: bool) -> None:
    """Bring the tables up to date, then serve until stopped."""
    if books:
        os.environ["DATABASE_URL"] = books
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingzhang.portal.settings"
    from mingzhang.portal.server import serve

    click.echo(f"明账门户：http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/  （Ctrl+C 停止）")
    serve(host, port, workers, with_jobs=jobs)
