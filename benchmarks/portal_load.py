"""The portal under load: many users at once on books of a million vouchers; times of pages beside a hand-written page.

Each user asks for pages without thinking time, for a number of requests that is fixed beforehand: so many users' requests
always wait. The peers are the list of vouchers written by hand (`hand_written.py`), bare and whole, behind the same
number of workers, measured in turns with the list itself.

    python benchmarks/portal_load.py [--vouchers 1000000] [--users 50] [--requests 20] [--work FOLDER] [--short]
Uses PostgreSQL where `MINGZHANG_TEST_DATABASE_URL` names one (scripts/with-postgresql), else SQLite.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from hand_written import ROWS  # noqa: E402
from measure import machine  # noqa: E402
from portal_books import PASSWORD, PERSON, index_for_search, names_of, prepared  # noqa: E402
from users import Load, Page, Processor, ask, loaded  # noqa: E402

PORT, FLOOR = 8471, 8472
UNIT_PAGES = (
    "vouchers/",
    "vouchers/?month=11",
    "vouchers/?account=7101",
    "balances/",
    "ledgers/",
    "ledgers/?account=7101",
    "ledgers/detail/?account=7101",
    "ledgers/detail/?account=7101&first=6&after=2021-06-20 2 记-2021-06-9999",
    "ledgers/columns/?account=7101",
    "budgets/",
)
SEARCHES = ("vouchers/?q=库存物品", "vouchers/?q=集中支付")
"""A rare word and a common one; the index of all vouchers is made before."""
DEPARTMENT_PAGES = ("tables/", "report/", "overview/")
PLAIN_PAGES = ("/", "/desk/", "/proposals/", "/health/live")
SHORT = {"vouchers": 100_000, "users": 10, "requests": 4, "turns": 3}


def main() -> None:
    """Prepare the books, serve them, load the pages, print the table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--vouchers", type=int, default=1_000_000)
    arguments.add_argument("--users", type=int, default=0)
    arguments.add_argument("--requests", type=int, default=20, help="of each user, for each page")
    arguments.add_argument("--turns", type=int, default=5, help="of the list and its peers")
    arguments.add_argument("--workers", type=int, default=4)
    arguments.add_argument("--work", type=Path, default=Path("/tmp/mingzhang-benchmarks"))
    arguments.add_argument(
        "--short", action="store_true", help="100,000 vouchers, ten users, a minute in all"
    )
    arguments.add_argument("--ready", action="store_true", help="the books were prepared by an earlier run")
    given = arguments.parse_args()
    if given.short:
        vars(given).update(SHORT)
    url = os.environ.get("MINGZHANG_TEST_DATABASE_URL", "")
    users = given.users or (50 if url else 10)
    if given.ready:
        address = url or str(given.work / f"portal-{given.vouchers}.sqlite3")
    else:
        address = prepared(given.vouchers, given.work, url)
        index_for_search(address)
    with Servers(address, given.work, given.workers) as servers:
        unit, department = names_of(address)
        sessions = [logged_in() for _ in range(users)]
        listed = f"/e/{unit}/2021/vouchers/"
        servers.start_floor(given.work / "portal-frame.html", Page(PORT, listed), sessions[0])
        paths = [
            *PLAIN_PAGES,
            *(f"/e/{unit}/2021/{page}" for page in (*UNIT_PAGES, *SEARCHES)),
            *(f"/e/{department}/2021/{page}" for page in DEPARTMENT_PAGES),
        ]
        pages = [Page(PORT, path) for path in paths]
        spent = Processor(servers.groups, url)
        for page in pages:  # every worker has its caches warm before anything is measured
            loaded([page], sessions[:10], given.workers, spent)
        kind = "PostgreSQL" if url else "SQLite"
        print(f"## Portal: {given.vouchers:,} vouchers, {users} users at once, {kind}\n")
        print(f"{machine()}; {given.workers} workers; load {os.getloadavg()[0]:.1f}\n")
        print("| page | p50 ms | p95 ms | p95 / p50 | requests/s | processor ms a request | errors |")
        print("|---|--:|--:|--:|--:|--:|--:|")
        for page in pages:
            print(loaded([page], sessions, given.requests, spent).row(page.path), flush=True)
        mixed = loaded(pages, sessions, given.requests, spent)
        print(mixed.row("every user at another page, in turn"), flush=True)
        beside(
            {
                "list": Page(PORT, listed),
                "rare word": Page(PORT, f"/e/{unit}/2021/{SEARCHES[0]}"),
                "common word": Page(PORT, f"/e/{unit}/2021/{SEARCHES[1]}"),
                "written by hand, whole": Page(FLOOR, f"/whole/{unit}/2021"),
                "written by hand, bare": Page(FLOOR, f"/bare/{unit}/2021"),
            },
            sessions,
            given.requests,
            given.turns,
            spent,
        )
        print(f"\nload {os.getloadavg()[0]:.1f} at the end")


def beside(
    pages: Mapping[str, Page], sessions: list[dict[str, str]], requests: int, turns: int, spent: Processor
) -> None:
    """The list and its peers in turns: rates and processor time, and as parts of the list's."""
    found: dict[str, list[Load]] = {name: [] for name in pages}
    for _ in range(turns):
        for name, page in pages.items():
            found[name].append(loaded([page], sessions, requests, spent))
            if found[name][-1].errors:
                raise SystemExit(f"{found[name][-1].errors} errors at {page}")

    def middle(name: str, what: str) -> float:
        return statistics.median(getattr(load, what) for load in found[name])

    print(f"\nIn turns, medians of {turns}:\n")
    print(
        "| page | requests/s | the list's rate ÷ its | p95 ms | its p95 ÷ the list's | processor ms a request |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    for name in pages:
        rate, late = middle(name, "rate"), middle(name, "late")
        print(
            f"| {name} | {rate:.0f} | {middle('list', 'rate') / rate:.2f} | {late * 1000:.0f} "
            f"| {late / middle('list', 'late'):.2f} | {middle(name, 'processor') * 1000:.1f} |"
        )


class Servers:
    """The portal, and later the hand-written page beside it, until the end."""

    def __init__(self, address: str, work: Path, workers: int) -> None:
        home = work / "portal-home"
        home.mkdir(parents=True, exist_ok=True)
        self._environment = os.environ | {
            "DATABASE_URL": address,
            "MINGZHANG_HOME": str(home),
            "MINGZHANG_SECRET_KEY": "only-for-this-benchmark-0123456789-0123456789-0123",
            "MINGZHANG_SECOND_FACTOR": "off",
            "MINGZHANG_LOG_LEVEL": "ERROR",
        }
        self._workers = ["--workers", str(workers)]
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Servers:
        self._start("mingzhang.cli", "serve", "--port", str(PORT), "--no-jobs")
        _wait_until_there(Page(PORT, "/health/ready"))
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._running:
            os.killpg(server.pid, signal.SIGTERM)
        for server in self._running:
            server.wait(timeout=60)

    @property
    def groups(self) -> list[int]:
        """Their process groups."""
        return [server.pid for server in self._running]

    def start_floor(self, frame: Path, page: Page, session: dict[str, str]) -> None:
        """Serve the page written by hand, with the frame of the portal's own around it."""
        _, text = ask(page, session)
        head, _, rest = text.partition("<tbody>\n")
        _, _, tail = rest.partition("  </tbody>")
        frame.write_text(f"{head}<tbody>\n{ROWS}  </tbody>{tail}", encoding="utf-8")
        self._environment["HAND_WRITTEN_FRAME"] = str(frame)
        bind = f"127.0.0.1:{FLOOR}"
        self._start("gunicorn", "hand_written:application", "--chdir", str(HERE), "--bind", bind)
        unit, year = page.path.split("/")[2:4]
        written = Page(FLOOR, f"/whole/{unit}/{year}")
        _wait_until_there(written, session)
        difference = abs(len(ask(written, session)[1]) - len(text)) / len(text)
        if difference > 0.02:
            raise SystemExit(f"the page written by hand differs by {difference:.0%} in length")

    def _start(self, *command: str) -> None:
        self._running.append(
            subprocess.Popen(
                [sys.executable, "-m", *command, *self._workers],
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )


def _wait_until_there(page: Page, session: dict[str, str] | None = None) -> None:
    """Wait until a server answers, a minute at most."""
    for _ in range(240):
        try:
            if ask(page, session or {})[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.25)
    raise SystemExit(f"the server did not come up: {page}")


def logged_in() -> dict[str, str]:
    """A session: its cookies."""
    cookies: dict[str, str] = {}
    page = Page(PORT, "/login/")
    _, body = ask(page, cookies)
    token = body.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    status, _ = ask(page, cookies, f"csrfmiddlewaretoken={token}&username={PERSON}&password={PASSWORD}&next=")
    if status != 302:
        raise SystemExit(f"login answered {status}")
    return cookies


if __name__ == "__main__":
    main()
