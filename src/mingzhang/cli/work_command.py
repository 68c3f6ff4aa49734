"""`mingzhang work`: run the jobs that pages and programs have handed over, until stopped."""

from __future__ import annotations

import logging
import signal
from types import FrameType

import click

from mingzhang.cli.say import books_option, open_books


@click.command("work", help="处理后台任务（导入、结账、公开、审核），直到停止；中途停下的任务下次接着处理。")
@click.option("--once", is_flag=True, help="处理完现有的任务就结束。")
@books_option
def command(once: bool, books: str | None) -> None:
    """Work; the first SIGTERM or Ctrl+C ends after the step at hand, the second at once."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("django_tasks", "django_tasks_db"):
        logging.getLogger(name).setLevel(logging.WARNING)
    open_books(books)
    from mingzhang.records.jobs.pulse import STOPPING
    from mingzhang.records.jobs.worker import work

    def stop(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        STOPPING.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if not once:
        click.echo("等待后台任务；按 Ctrl+C 停止。")
    work(once=once)
