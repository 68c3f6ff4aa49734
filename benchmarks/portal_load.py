"""The portal under load: many users at once on books of a million vouchers; times of pages beside a hand-written page.

Each user is a thread with a session of its own that asks for pages without thinking time, for a number of requests that is fixed
beforehand: so many users' requests always wait. The floor is the list of vouchers written by hand (`hand_written.py`) behind the
same number of workers, measured in turns with the list itself.

    python benchmarks/portal_load.py [--vouchers 1000000] [--users 50] [--requests 40] [--work FOLDER]
Uses PostgreSQL where `MINGZHANG_TEST_DATABASE_URL` names one (scripts/with-postgresql), else SQLite.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from large_books import books_of  # noqa: E402
from measure import machine  # noqa: E402

PASSWORD = "Benchmark-2021"
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


def main() -> None:
    """Prepare the books, serve them, load the pages, print the table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--vouchers", type=int, default=1_000_000)
    arguments.add_argument("--users", type=int, default=0)
    arguments.add_argument("--requests", type=int, default=40)
    arguments.add_argument("--workers", type=int, default=4)
    arguments.add_argument(
        "--without-search", action="store_true", help="leave out the searches and their index"
    )
    arguments.add_argument("--work", type=Path, default=Path("/tmp/mingzhang-benchmarks"))
    given = arguments.parse_args()
    url = os.environ.get("MINGZHANG_TEST_DATABASE_URL", "")
    users = given.users or (50 if url else 10)
    address = prepared(given.vouchers, given.work, url)
    if not given.without_search:
        index_for_search(address)
    home = given.work / "portal-home"
    home.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "DATABASE_URL": address,
        "MINGZHANG_HOME": str(home),
        "MINGZHANG_SECOND_FACTOR": "off",
        "MINGZHANG_LOG_LEVEL": "ERROR",
    }
    unit, department = names_of(environment)
    pages = [
        *PLAIN_PAGES,
        *(f"/e/{unit}/2021/{page}" for page in UNIT_PAGES),
        *(f"/e/{unit}/2021/{page}" for page in SEARCHES if not given.without_search),
        *(f"/e/{department}/2021/{page}" for page in DEPARTMENT_PAGES),
    ]
    workers = ["--workers", str(given.workers)]
    commands = (
        ["mingzhang.cli", "serve", "--port", str(PORT), *workers, "--no-jobs"],
        [
            "gunicorn",
            "hand_written:application",
            "--chdir",
            str(HERE),
            "--bind",
            f"127.0.0.1:{FLOOR}",
            *workers,
        ],
    )
    servers = [
        subprocess.Popen(
            [sys.executable, "-m", *command],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for command in commands
    ]
    try:
        wait_until_ready()
        sessions = [logged_in() for _ in range(users)]
        for page in pages:  # every worker has its caches warm before anything is measured
            for session in sessions[: given.workers * 3]:
                ask(session, page)
        listed = f"/e/{unit}/2021/vouchers/"
        written = f":{FLOOR}/{unit}/2021"
        print(
            f"## Portal: {given.vouchers:,} vouchers, {users} users at once, {'PostgreSQL' if url else 'SQLite'}\n"
        )
        print(f"{machine()}; {given.workers} workers\n")
        print("| page | p50 ms | p95 ms | p95 / p50 | requests/s | processor ms a request | errors |")
        print("|---|--:|--:|--:|--:|--:|--:|")
        spent = Processor([server.pid for server in servers], url)
        for page in pages:
            print(loaded([page], sessions, given.requests, spent).row(page), flush=True)
        print(
            loaded(pages, sessions, given.requests, spent).row("every user at another page, in turn"),
            flush=True,
        )
        beside(listed, written, sessions, given.requests, spent)
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGTERM)
        for server in servers:
            server.wait(timeout=60)


def beside(
    listed: str, written: str, sessions: list[dict[str, str]], requests: int, spent: Processor
) -> None:
    """The list and the same list by hand, in turns: the rate of the one as a part of the other's."""
    found: dict[str, list[Load]] = {listed: [], written: []}
    for _ in range(5):
        for page, loads in found.items():
            loads.append(loaded([page], sessions, requests, spent))
            if loads[-1].errors:
                raise SystemExit(f"{loads[-1].errors} errors at {page}")
    ours, floor = (statistics.median(load.rate for load in loads) for loads in found.values())
    mine, least = (statistics.median(load.processor for load in loads) for loads in found.values())
    print(
        f"\nlist {ours:.0f} requests/s, written by hand {floor:.0f}: {ours / floor:.2f} of it (target ≥ 0.6); "
        f"processor {mine * 1000:.1f} ms beside {least * 1000:.1f} ms a request"
    )


def prepared(vouchers: int, work: Path, url: str) -> str:
    """The address of books of that size with a person who may look at everything."""
    made = books_of(vouchers, work)
    if url:
        from postgresql import copy_books

        copy_books(made, url)
        address = url
    else:
        address = str(work / f"portal-{vouchers}.sqlite3")
        for old in work.glob(f"portal-{vouchers}.sqlite3*"):
            old.unlink()
        shutil.copy(made, address)
    subprocess.run(
        [sys.executable, "-m", "mingzhang.cli", "migrate", "--books", address],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    script = (
        "from mingzhang.records.setup import open_books; open_books()\n"
        "from mingzhang.records.models import Entity, Grant, User\n"
        "from mingzhang.records.trail import enter\n"
        "person = User(username='load', name='压力测试')\n"
        f"person.set_password('{PASSWORD}')\n"
        "enter([person])\n"
        "top = Entity.objects.get(kind='department')\n"
        "enter(Grant(user=person, role=role, entity=top) for role in ('accountant', 'finance_head', 'inspector'))\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env=os.environ | {"DATABASE_URL": address})
    return address


def index_for_search(address: str) -> None:
    """Take every voucher into the index of the search."""
    script = (
        "from mingzhang.records.setup import open_books; open_books()\n"
        "from mingzhang.records.search import catch_up; catch_up()\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env=os.environ | {"DATABASE_URL": address})


def names_of(environment: dict[str, str]) -> tuple[str, str]:
    """Codes of the first unit and of the department."""
    script = (
        "from mingzhang.records.setup import open_books; open_books()\n"
        "from mingzhang.records.models import Entity\n"
        "top = Entity.objects.get(kind='department'); print(top.units()[0].code, top.code)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], check=True, env=environment, capture_output=True, text=True
    )
    unit, department = said.stdout.split()
    return unit, department


def wait_until_ready() -> None:
    """Wait for the server, a minute at most."""
    for _ in range(240):
        try:
            if ask({}, "/health/ready")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.25)
    raise SystemExit("the server did not come up")


def logged_in() -> dict[str, str]:
    """A session: its cookies."""
    cookies: dict[str, str] = {}
    _, body = ask(cookies, "/login/")
    token = body.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = f"csrfmiddlewaretoken={token}&username=load&password={PASSWORD}&next="
    status, _ = ask(cookies, "/login/", form)
    if status != 302:
        raise SystemExit(f"login answered {status}")
    return cookies


def ask(cookies: dict[str, str], path: str, form: str = "") -> tuple[int, str]:
    """One request over a connection of its own, to another port where the path begins with it; returns status and body, and keeps the cookies."""
    port = PORT
    if path.startswith(":"):
        port, path = int(path[1:].partition("/")[0]), f"/{path.partition('/')[2]}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST" if form else "GET", quote(path, safe="/?=&%:"), form or None, headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    for value in answer.headers.get_all("Set-Cookie") or ():
        name, _, rest = value.partition("=")
        cookies[name] = rest.partition(";")[0]
    connection.close()
    return answer.status, body


class Processor:
    """Processor time of the servers and of the PostgreSQL behind them, which waiting for a core does not lengthen."""

    def __init__(self, groups: list[int], url: str) -> None:
        self._groups = set(groups)
        self._database = 0
        if url:
            import psycopg

            with psycopg.connect(url) as connection:
                self._database = _stat(connection.info.backend_pid)[0]

    def seconds(self) -> float:
        """Seconds so far."""
        ticks = 0
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and (stated := _stat(int(process.name))):
                parent, group, own = stated
                ticks += own * (group in self._groups or self._database in (parent, int(process.name)))
        return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> tuple[int, int, int]:
    """(parent, group, ticks of processor) of a process; nothing where it has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ()
    return int(fields[1]), int(fields[2]), int(fields[11]) + int(fields[12])


@dataclass(frozen=True)
class Load:
    """What came of some pages asked for by all users: seconds of each request, in all, and of the processor a request."""

    seconds: list[float]
    errors: int
    whole: float
    processor: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.whole

    def row(self, name: str) -> str:
        """One line of the table."""
        ordered = sorted(self.seconds)
        median, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        return (
            f"| {name} | {median * 1000:.0f} | {late * 1000:.0f} | {late / median:.2f} | {self.rate:.0f} "
            f"| {self.processor * 1000:.1f} | {self.errors} |"
        )


def loaded(pages: list[str], sessions: list[dict[str, str]], requests: int, spent: Processor) -> Load:
    """All users at once ask for the pages in turn, each beginning at another."""
    seconds: list[float] = []
    errors = [0] * len(sessions)
    each = max(requests * 10 // len(sessions), 4)

    def user(number: int) -> None:
        for turn in range(each):
            started = time.perf_counter()
            try:
                status, _ = ask(sessions[number], pages[(number + turn) % len(pages)])
                errors[number] += status != 200
            except OSError:
                errors[number] += 1
            seconds.append(time.perf_counter() - started)

    threads = [threading.Thread(target=user, args=(number,)) for number in range(len(sessions))]
    before, started = spent.seconds(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - started
    return Load(seconds, sum(errors), whole, (spent.seconds() - before) / len(seconds))


if __name__ == "__main__":
    main()
