"""`mingzhang keys list|rotate|retire`: the keys that seal personal data of casework."""

from __future__ import annotations

import click

from mingzhang.cli.say import books_option, open_books, step, tell


@click.group("keys", help="业务个人信息的加密密钥：查看、更换、停用。")
def command() -> None:
    """The group of commands."""


@command.command("list", help="列出密钥，以及各密钥加密了多少项。")
@books_option
def list_keys(books: str | None) -> None:
    """Names and uses, never the keys themselves."""
    open_books(books)
    from mingzhang.records.casework.rotating import uses
    from mingzhang.records.casework.sealing import keys

    ring, used = keys(), uses()
    for name in ring.by_name:
        click.echo(f"{name}  {used[name]}项{'  现用' if name == ring.current else ''}")


@command.command("rotate", help="生成新密钥，并把全部个人信息用它重新加密；中断后再运行即可接着做。")
@click.option("--resume", is_flag=True, help="不生成新密钥，只把尚未重新加密的做完。")
@books_option
def rotate(resume: bool, books: str | None) -> None:
    """Add a key unless resumed, then seal everything anew."""
    open_books(books)
    from mingzhang.documents.problems import ProblemError
    from mingzhang.records.casework.rotating import add_key, reseal

    try:
        name = "" if resume else add_key()
        if name:
            click.echo(f"已生成密钥{name}；请立即备份密钥文件，没有它加密的内容无法打开。")
        click.echo(f"重新加密{reseal(step)}项。")
    except ProblemError as refused:
        tell([refused.problem])
        raise SystemExit(2) from None


@command.command("retire", help="从密钥文件中删去不再使用的密钥。")
@click.argument("name")
@books_option
def retire_key(name: str, books: str | None) -> None:
    """Take a key out that nothing needs any more."""
    open_books(books)
    from mingzhang.documents.problems import ProblemError
    from mingzhang.records.casework.rotating import retire

    try:
        retire(name)
    except ProblemError as refused:
        tell([refused.problem])
        raise SystemExit(2) from None
    click.echo(f"已停用密钥{name}。")
