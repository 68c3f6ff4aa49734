"""A disk that is full while a version is published: nothing half-published, and the owner is told."""

import os
import shutil
import subprocess

import pytest

from jobs.approved_work import PUBLISH, RETRY
from jobs.real_books import Books

pytestmark = [pytest.mark.slow, pytest.mark.soak]


@pytest.fixture
def small_disk(tmp_path):
    """A data folder on a disk of half a megabyte, which can be made larger."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not shutil.which("mount") or os.geteuid():
        pytest.skip("only root can make a small disk")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder], check=False)
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_nothing_is_half_published_on_a_full_disk(sample_books, small_disk, tmp_path):
    """The job fails with 磁盘已满; with room made, trying again gives the first version."""
    elsewhere = sample_books.copy(tmp_path / "books")
    books = Books(small_disk, elsewhere.address)
    books.run(PUBLISH)
    books.work()
    (job,) = books.jobs()
    assert (job["state"], job["codes"]) == ("failed", ["disk_full"])
    assert "磁盘已满" in job["said"][0]
    assert books.content()["versions"] == []
    assert books.run("tell(Proposal.objects.get().state)") == "approved"
    assert books.files("published") == books.files("staging") == []
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    books.run(RETRY)
    books.work()
    job = books.jobs()[1]
    assert (job["state"], job["result"]["version"]) == ("done", 1)
    assert [name for name in books.files("published") if name.endswith("/manifest.json")]
