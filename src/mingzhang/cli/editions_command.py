"""`mingzhang editions`: which forms of disclosure there are."""

from __future__ import annotations

import click

from mingzhang.catalogue.loading import edition, editions


@click.command("editions", help="列出可用的决算公开格式。")
def command() -> None:
    """List the editions with their years and where they come from."""
    for name in editions():
        form = edition(name)
        first, last = form.fiscal_years
        years = f"{first}—{last}" if last and last != first else f"{first}起" if last is None else str(first)
        checked = "已核对" if form.verified else "待核对"
        click.echo(f"{name:<28}{years:<12}{len(form.forms)}张表  {checked}  {form.chinese}")
