"""A worker killed with signal 9 in the middle of its work: a later one does it, and nothing is lost or there twice."""

import pytest

from imports.import_books import csv_file, purchase, vouchers
from jobs.approved_work import CLOSE, PUBLISH
from mingzhang.write.manifest import verify_manifest

pytestmark = [pytest.mark.slow, pytest.mark.soak]
VOUCHERS = 3_000
END_OF_JOB = 'UPDATE "records_job"'
"""The first of these claims the job, the second writes down its end."""

IMPORT = """
start("import_file", person("accountant"), office, {"kind": "vouchers"}, "k", "导入", [("凭证.csv", open("凭证.csv", "rb"))])
"""


@pytest.fixture(scope="module")
def with_vouchers(sample_books, tmp_path_factory):
    """The sample's books with a file of vouchers of the next year beside them, taken in by a job."""
    books = sample_books.copy(tmp_path_factory.mktemp("vouchers") / "home")
    rows = vouchers(*(purchase(day="2022-03-15", number=f"记-{n}") for n in range(1, VOUCHERS + 1)))
    csv_file(books.folder / "凭证.csv", rows)
    return books


@pytest.fixture(scope="module")
def imported(with_vouchers, tmp_path_factory):
    """Books into which the file was taken by a worker that nobody killed."""
    books = with_vouchers.copy(tmp_path_factory.mktemp("imported") / "home")
    _bring_file(with_vouchers, books)
    books.run(IMPORT)
    books.work()
    return books


@pytest.fixture(scope="module")
def closed(imported, tmp_path_factory):
    """Books whose year was closed by a worker that nobody killed."""
    books = imported.copy(tmp_path_factory.mktemp("closed") / "home")
    books.run("Job.objects.all().delete()" + CLOSE)
    books.work()
    return books


@pytest.fixture(scope="module")
def published(sample_books, tmp_path_factory):
    """Books whose disclosure was published by a worker that nobody killed."""
    books = sample_books.copy(tmp_path_factory.mktemp("published") / "home")
    books.run(PUBLISH)
    books.work()
    return books


def _bring_file(source, target):
    (target.folder / "凭证.csv").write_bytes((source.folder / "凭证.csv").read_bytes())


def _only_job(books):
    (job,) = books.jobs()
    assert job["state"] == "done", job
    assert job["attempts"] == 2
    return job


@pytest.mark.parametrize(
    ("words", "times", "afterwards"),
    [
        ("INSERT INTO records_voucher ", 1, True),
        ("INSERT INTO records_voucherline", 1, True),
        (END_OF_JOB, 2, False),
    ],
    ids=["vouchers written", "lines written", "committed"],
)
def test_an_import_of_thousands_of_vouchers(with_vouchers, imported, tmp_path, words, times, afterwards):
    """All vouchers are there, each once, as if nothing had happened."""
    books = with_vouchers.copy(tmp_path / "home")
    _bring_file(with_vouchers, books)
    books.run(IMPORT)
    books.killed_at(words, times, afterwards=afterwards)
    assert books.jobs()[0]["state"] == "running"
    assert books.run('tell(Voucher.objects.filter(year=2022, kind="ordinary").count())') == (
        0 if afterwards else VOUCHERS
    )
    books.work()
    job = _only_job(books)
    assert (job["result"]["added"], bool(job["result"]["before"])) == (
        (VOUCHERS, False) if afterwards else (0, True)
    )
    assert books.content() == imported.content()


@pytest.mark.parametrize(
    ("words", "times", "afterwards"),
    [
        ('INSERT INTO "records_voucher"', 1, True),
        ('INSERT INTO "records_periodlock"', 1, True),
        (END_OF_JOB, 2, False),
    ],
    ids=["first vouchers", "locked", "committed"],
)
def test_a_year_close(imported, closed, tmp_path, words, times, afterwards):
    """The year is closed once, by the one who approved it."""
    books = imported.copy(tmp_path / "home")
    books.run("Job.objects.all().delete()" + CLOSE)
    books.killed_at(words, times, afterwards=afterwards)
    locked = books.run("tell(PeriodLock.objects.filter(year=2022).count())")
    assert locked == (0 if afterwards else 1)
    books.work()
    job = _only_job(books)
    assert job["result"]["vouchers"]
    assert books.content() == closed.content()


@pytest.mark.parametrize(
    ("words", "times", "afterwards"),
    [
        ('INSERT INTO "records_publication"', 1, True),
        ('UPDATE "records_publication"', 1, True),
        ('UPDATE "records_proposal"', 1, True),
        (END_OF_JOB, 2, False),
    ],
    ids=["version written", "files moved", "proposal done", "committed"],
)
def test_a_publication(sample_books, published, tmp_path, words, times, afterwards):
    """One version, whose files are those of its manifest; nothing half-written stays anywhere."""
    books = sample_books.copy(tmp_path / "home")
    books.run(PUBLISH)
    books.killed_at(words, times, afterwards=afterwards)
    assert books.run("tell(Publication.objects.count())") == (0 if afterwards else 1)
    assert books.run("tell(Proposal.objects.get().state)") == ("approved" if afterwards else "done")
    books.work()
    assert _only_job(books)["result"]["version"] == 1
    assert books.content() == published.content()
    assert books.files("published") == published.files("published") != []
    assert books.files("staging") == []
    (folder,) = (row[3] for row in books.content()["versions"])
    assert not verify_manifest(books.folder / folder / "manifest.json")


def test_a_job_whose_workers_die_again_and_again_fails_and_says_so(with_vouchers, tmp_path):
    """Three times is enough: the owner is told, the books are as before."""
    books = with_vouchers.copy(tmp_path / "home")
    _bring_file(with_vouchers, books)
    before = books.content()
    books.run(IMPORT)
    for _ in range(3):
        books.killed_at("INSERT INTO records_voucherline")
    books.work()
    (job,) = books.jobs()
    assert (job["state"], job["attempts"], job["codes"]) == ("failed", 3, ["worker_died"])
    assert books.content() == before
