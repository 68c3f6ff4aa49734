"""A PostgreSQL server of a test's own, which it stops in the middle and starts again."""

import os
import shutil
import subprocess
from pathlib import Path


class Server:
    """One cluster in a folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        folder.mkdir()
        if not os.geteuid():
            shutil.chown(folder, "postgres")
        self._run(
            "initdb", "-D", self.data, "-U", "mingzhang", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", port, "-U", "mingzhang", "books")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def address(self) -> str:
        return f"postgresql://mingzhang@127.0.0.1:{self.port}/books"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def crash(self) -> None:
        """Stop it at once, as a machine that loses its power does."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def _run(self, program: str, *words: object) -> None:
        command = [str(self.programs / program), *map(str, words)]
        if not os.geteuid():  # the server refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
