"""Every figure that the source prints of four business lines comes out of the sample's records and returns, or is listed with the reason why not."""

import tomllib
from pathlib import Path

import pytest
from django.db import transaction

from mingzhang.casework.periods import months, year
from mingzhang.lines import metric_checklist
from mingzhang.records.casework.metrics import figure
from mingzhang.sample.casework import add_casework
from mingzhang.sample.registers import add_organisation, add_projects

FIGURES = tomllib.loads(Path(__file__).with_name("casework_figures.toml").read_text(encoding="utf-8"))[
    "figures"
]
YEAR = 2021

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def casework(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample's casework of a year."""
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock(), transaction.atomic():
        patched.setenv("MINGZHANG_HOME", str(tmp_path_factory.mktemp("casework")))
        entities = add_organisation()
        add_projects(entities)
        add_casework(entities["department"], YEAR, lambda said: None)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "stated", FIGURES, ids=lambda stated: f"{stated['metric']}{'-11' if 'months' in stated else ''}"
)
def test_a_figure_of_the_source_comes_out_of_the_records(casework, stated):
    """What is computed is what is printed, unless the list says why not."""
    period = months(YEAR, *stated["months"]) if "months" in stated else year(YEAR)
    found = figure(stated["metric"], period)
    assert found.printed == stated.get("computed", stated["printed"])
    assert ("computed" in stated) == ("why" in stated)


def test_months_never_exceed_their_year(casework):
    """A flow of the first eleven months is at most that of the year."""
    for stated in FIGURES:
        early, whole = (figure(stated["metric"], period) for period in (months(YEAR, 1, 11), year(YEAR)))
        if early.metric.flavour.value == "flow":
            assert early.value <= whole.value, stated["metric"]


def test_the_list_has_every_printed_figure_of_the_four_lines():
    """The checklist's samples of these lines, but for those that the source does not print."""
    listed = {stated["metric"] for stated in FIGURES}
    printed = {
        row.metric_id
        for row in metric_checklist()
        if row.line in ("01", "02", "05", "07") and any(sign.isdigit() for sign in row.sample_2021)
    }
    assert printed <= listed
