"""Serve the portal: gunicorn with workers that each open the books, and the job worker as a process beside."""

from __future__ import annotations

import subprocess
from typing import Any

from gunicorn.app.base import BaseApplication


class _Portal(BaseApplication):
    """Gunicorn with settings given here; the application is loaded in each worker, after the fork."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application."""
        from mingzhang.portal.wsgi import application

        return application


def serve(host: str, port: int, workers: int, *, with_jobs: bool = True) -> None:
    """Migrate, then serve until stopped; the job worker is stopped with it."""
    _prepare()
    worker = subprocess.Popen(_worker_command()) if with_jobs else None
    try:
        _Portal(
            {
                "bind": f"{host}:{port}",
                "workers": workers,
                "worker_class": "sync",
                "timeout": 120,
                "max_requests": 20_000,
                "max_requests_jitter": 2_000,
                "accesslog": None,
                "loglevel": "warning",
                "limit_request_line": 4_094,
            }
        ).run()
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=30)


def _prepare() -> None:
    """Open the books and bring their tables up to date, and close the connection before workers are forked."""
    from django.db import connections

    from mingzhang.records.setup import open_books

    open_books()
    connections.close_all()


def _worker_command() -> list[str]:
    """The command line of the job worker."""
    from mingzhang.records.jobs.worker import worker_process

    return worker_process()
