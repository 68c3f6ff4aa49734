"""The command line: one command per file, loaded when called."""

from __future__ import annotations

import importlib

import click

from mingzhang.documents import Problem

COMMANDS = (
    "demo",
    "init",
    "template",
    "import",
    "close",
    "publish",
    "score",
    "audit",
    "summary",
    "compare",
    "trace",
    "verify",
    "serve",
    "backup",
    "restore",
    "migrate",
    "people",
    "casework",
    "editions",
    "work",
    "keys",
)
"""Names of the commands, in the order of a department's year; each lives in the module of its name."""


class _Lazy(click.Group):
    """Imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"mingzhang.cli.{cmd_name}_command")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what a user can mend is told in words, not as a traceback."""
        try:
            return super().invoke(ctx)
        except ValueError as refused:
            from mingzhang.forms import EditionError  # seldom needed, and slow to load

            if not isinstance(refused, EditionError):
                raise
            click.echo(str(refused), err=True)
        except OSError as refused:
            place = str(refused.filename or "")
            told = Problem(
                "file_refused",
                f"读写文件失败：{refused.strerror}",
                place,
                "检查路径是否存在、是否有权限、磁盘是否已满，然后重试。",
            )
            click.echo(told.in_chinese(), err=True)
        raise SystemExit(2)


@click.group(cls=_Lazy, help="明账：从账簿到部门决算公开，每个数字都能追到凭证。")
@click.version_option(package_name="mingzhang", message="%(version)s")
def main() -> None:
    """Run `mingzhang COMMAND`."""
