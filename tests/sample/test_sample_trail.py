"""The sample bureau's two years, and what it publishes, agree with their trail."""

import json
from collections import Counter
from datetime import date

import pytest

from mingzhang.records.models import Entity, Publication, TrailEntry, Voucher
from mingzhang.records.publishing import DEFAULT_EDITION, publish
from mingzhang.records.trail import canonical, sm3
from mingzhang.records.verifying import verify_books
from mingzhang.sample.people import add_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_books")]


@pytest.fixture(scope="module")
def folder(sample_books, sample_store, tmp_path_factory):
    """The centre's disclosure of 2021 published into a data folder, which is returned with its files."""
    home = tmp_path_factory.mktemp("home")
    centre = Entity.objects.get(name__contains="法律援助中心")
    publish(
        centre, 2021, DEFAULT_EDITION, home / "published", store=sample_store, formats=("json",),
        published_on=date(2022, 9, 15), keep=lambda version: "published",
    )  # fmt: skip
    return home


@pytest.fixture(autouse=True)
def data_folder(folder, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(folder))


def findings():
    return list(verify_books(Counter()))


def test_the_sample_verifies(sample_books):
    counts = Counter()
    assert list(verify_books(counts)) == []
    assert counts["张凭证"] == Voucher.objects.count() > 6000
    assert counts["个公开文件夹"] == 1


def test_a_publication_is_recorded_with_its_manifest_and_the_heads_of_all_chains(sample_books):
    """So that what was published when cannot be exchanged later, nor the books behind it."""
    publication = Publication.objects.get()
    assert publication.sm3 == sm3(canonical(publication.manifest))
    entry = TrailEntry.objects.get(action="公开")
    assert (entry.key, entry.after["sm3"]) == (f"Publication:{publication.pk}", publication.sm3)
    anchor = TrailEntry.objects.get(chain__name="heads")
    assert anchor.after["heads"][entry.chain.name] == [entry.number, entry.digest]


def test_a_changed_file_in_the_data_folder_is_named(folder):
    path = next((folder / "published").glob("*决算.json"))
    before = path.read_bytes()
    path.write_bytes(before.replace(b"2021", b"2022", 1))
    assert [(problem.code, problem.where) for problem in findings()] == [("file_changed", str(path))]
    path.write_bytes(before)


def test_a_manifest_changed_together_with_a_file_is_found(folder):
    """The manifest agrees with the file, and not with what was published."""
    path = folder / "published" / "manifest.json"
    before = path.read_text(encoding="utf-8")
    content = json.loads(before)
    content["changes"] = [{"coordinate": "x", "before": "", "after": "1"}]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert [problem.code for problem in findings()] == ["manifest_changed"]
    path.write_text(before, encoding="utf-8")


def test_a_folder_that_went_is_missed(folder):
    (folder / "published").rename(folder / "gone")
    assert [problem.code for problem in findings()] == ["manifest_unreadable"]
    (folder / "gone").rename(folder / "published")


def test_a_publication_with_another_manifest_is_named(sample_books):
    publication = Publication.objects.get()
    Publication.objects.update(manifest={})
    codes = [problem.code for problem in findings()]
    Publication.objects.update(manifest=publication.manifest)
    assert codes == ["changed_behind", "changed_behind"]
    assert findings() == []


def test_the_sample_people_are_kept(sample_books):
    """Who may do what is proved like everything else."""
    add_people()
    counts = Counter()
    assert list(verify_books(counts)) == []
    assert counts["条用户"] > 0
    assert counts["条授权"] >= counts["条用户"]
