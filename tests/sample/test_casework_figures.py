"""Every figure that the source prints of five business lines comes out of the sample's records and returns, or is listed with the reason why not."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from mingzhang.casework.periods import months, year
from mingzhang.forms.edition import NumberStyle
from mingzhang.lines import metric_checklist
from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.metrics import figure
from mingzhang.records.casework.models import PaymentRequest, Record
from mingzhang.records.casework.payment_differences import differences
from mingzhang.records.casework.turns import next_in_turn, turn_fields
from mingzhang.records.ledger import post
from mingzhang.records.models import Entity, Text, User
from mingzhang.records.performance.metrics import metric
from mingzhang.records.points import fact_store
from mingzhang.records.work.figures import Figures
from mingzhang.sample.casework import add_casework
from mingzhang.sample.desk import Desk
from mingzhang.sample.planned import FOLDER, settings, uses
from mingzhang.sample.registers import add_organisation, add_projects
from mingzhang.sample.subsidies import pay_subsidies

FIGURES = tomllib.loads(Path(__file__).with_name("casework_figures.toml").read_text(encoding="utf-8"))[
    "figures"
]
YEAR = 2021

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def casework(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample's casework of a year, and the vouchers that pay its subsidies."""
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock(), transaction.atomic():
        patched.setenv("MINGZHANG_HOME", str(tmp_path_factory.mktemp("casework")))
        entities = add_organisation()
        add_projects(entities)
        for unit in ("bureau", "centre"):
            desk = Desk(unit, YEAR)
            pay_subsidies(desk, [use for use in uses(YEAR) if use.unit == unit])
            assert post(desk.drafts).accepted
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


def test_one_case_corrected_moves_exactly_the_figures_that_depend_on_it(casework):
    """A commitment turned into a certificate: one commitment fewer, and nothing else of the line."""
    cards = line_of("legal_aid").metrics
    before = {name: figure(card, year(YEAR)).printed for name, card in cards.items()}
    case = Record.objects.filter(line="legal_aid", kind="aid_case", content__means="诚信承诺").first()
    clerk = User.objects.get(username="shangwanqing")
    with transaction.atomic():
        correct(clerk, case, {"means": "证明"}, "核对原件后更正", command_key="one-case")
        after = {name: figure(card, year(YEAR)).printed for name, card in cards.items()}
        transaction.set_rollback(True)
    assert {name: (before[name], after[name]) for name in cards if before[name] != after[name]} == {
        "M07-02": ("180", "179")
    }


def test_a_text_takes_its_figures_from_the_registers(casework):
    """Slots print the figures of records and returns, of the year and of its first months."""
    text = "受教育{M02-01@1-11:万人次}，全年{M02-01:万人次}；受理{M07-02:件}，出庭应诉率{M01-09@1-11:%2}。"
    department = Entity.objects.get(kind=Entity.Kind.DEPARTMENT)
    Text.objects.create(entity=department, year=YEAR, name="key_work", body=text)
    store = fact_store(department.code, (YEAR,))
    figures = Figures(store, NumberStyle(strip_zeros=True), department.code, YEAR)
    printed = "".join(span.text for span in figures.spans(text))
    assert printed == "受教育105.94万人次，全年119.46万人次；受理180件，出庭应诉率96.73%。"


SUBSIDIES = {"legal_aid": (316, 936_460), "peoples_mediation": (363, 726_000)}
"""Cases paid in the year, and yuan."""


@pytest.mark.parametrize("line", SUBSIDIES)
def test_the_register_of_subsidies_is_what_the_ledger_paid(casework, line):
    """Sum, project by project, month by month; every request has its voucher."""
    cases, yuan = SUBSIDIES[line]
    found = differences(line, YEAR)
    assert (found.register_fen, found.ledger_fen) == (yuan * 100, yuan * 100)
    assert found.agrees
    assert [month for month in found.months if month.apart_fen] == []
    requests = PaymentRequest.objects.filter(record__line=line)
    assert requests.count() == requests.exclude(voucher=None).count() == cases


@pytest.mark.parametrize("line", SUBSIDIES)
def test_a_subsidy_without_a_voucher_shows_in_its_project_and_month(casework, line):
    """The request open again: the register's side stays, the voucher says more than was asked, and both are named."""
    with transaction.atomic():
        request = PaymentRequest.objects.filter(record__line=line).select_related("voucher").first()
        voucher = request.voucher
        request.voucher, request.state = None, PaymentRequest.State.REQUESTED
        request.save()
        found = differences(line, YEAR)
        transaction.set_rollback(True)
    named = {(each.what, each.record == request.record, each.voucher) for each in found.differences}
    assert ("付款申请待付款", True, None) in named
    assert any(told == voucher for _, _, told in named)
    assert not found.agrees


def test_a_voucher_without_a_case_shows_in_its_project_and_month(casework):
    """Paid outside the register: the month of its project is apart by just that."""
    with transaction.atomic():
        voucher = PaymentRequest.objects.filter(record__line="legal_aid").first().voucher
        own = PaymentRequest.objects.filter(voucher=voucher)
        fen, keys = sum(row.fen for row in own), list(own.values_list("record", flat=True))
        own.delete()
        found = differences("legal_aid", YEAR)
        transaction.set_rollback(True)
    apart = [month for month in found.months if month.apart_fen]
    assert sum(month.apart_fen for month in apart) == 0
    assert {month.apart_fen for month in apart} == {fen, -fen}
    assert {each.what for each in found.differences} == {"账上已付，台账没有", "已核准，没有付款申请"}
    assert sorted(each.record.pk for each in found.differences if each.record) == sorted(keys)


def test_indicators_are_answered_by_the_metrics_of_the_lines(casework):
    """What the key work's words answered before is what the metrics say now, whole year or first eleven months."""
    plan = tomllib.loads((FOLDER / "performance_casework_2021.toml").read_text(encoding="utf-8"))["metrics"]
    asked = {
        each["metric"]
        for goals in settings(f"performance_{YEAR}")["goals"]
        for each in goals["indicators"]
        if "metric" in each
    }
    assert set(plan) <= asked
    department = Entity.objects.get(kind=Entity.Kind.DEPARTMENT)
    store = fact_store(department.code, (YEAR,))
    said = {
        name: metric(name, YEAR, department, store).value
        for name in ("M05-01", "M07-02", "M02-07@1-11", "M01-01@1-11", "M01-04@1-11")
    }
    assert [str(value) for value in said.values()] == ["9890", "180", "3558", "112", "1/4"]
    assert all(metric(name, YEAR, department, store) for name in plan.values())


def test_the_lawyer_who_waited_longest_and_has_the_skill_is_next(casework):
    """By the assignments of the year: nobody with the skill waited longer than the first; the form's other fields follow from the entry."""
    kind = kind_of("legal_aid.aid_case")
    rows, field = next(turn_fields(kind))
    lawyers = Record.objects.filter(line="legal_aid", kind="aid_lawyer")
    found = next_in_turn(kind, rows, field, {"case_type": "刑事辩护"}, date(YEAR, 12, 31), most=100)
    assert len(found) == lawyers.count() == 60
    last = {}
    for case in Record.objects.filter(line="legal_aid", kind="aid_case"):
        for row in case.content.get("assignments", ()):
            last[row["lawyer"]] = max(row["assigned_on"], last.get(row["lawyer"], ""))
    skilled = [each for each in found if "刑事" in lawyers.get(key=each.key).content["skills"]]
    assert found[: len(skilled)] == skilled
    waited = [last.get(each.key, "") for each in skilled]
    assert waited == sorted(waited)
    assert found[0].fills["lawyer_standing"] == "执业"
    assert found[0].fills["firm"].endswith("律师事务所")
    assert "擅长刑事" in found[0].why


def test_cases_for_review_are_drawn_the_same_whoever_draws(casework, settings):
    """By period and seed: the page shows the list, its lots and the population's digest; another seed gives another list."""
    settings.SECOND_FACTOR = False
    pages = []
    for name, seed in (("shangwanqing", "20211220"), ("xieyunshen", "20211220"), ("shangwanqing", "7")):
        client = Client()
        client.force_login(User.objects.get(username=name), backend="mingzhang.portal.login.ActiveUsers")
        answer = client.get(
            "/casework/legal_aid/records/peer_review/draw/",
            {"from": f"{YEAR}-01-01", "to": f"{YEAR}-12-31", "count": "20", "seed": seed},
        )
        pages.append(re.findall(r"援字〔\d+〕第\d+号(?=</a>)", answer.content.decode()))
    assert len(pages[0]) == len(set(pages[0])) == 20
    assert pages[0] == pages[1] != pages[2]


def test_the_list_has_every_printed_figure_of_the_four_lines():
    """The checklist's samples of these lines, but for those that the source does not print by themselves."""
    listed = {stated["metric"] for stated in FIGURES}
    printed = {
        row.metric_id
        for row in metric_checklist()
        if row.line in ("01", "02", "05", "07") and row.sample_2021[:1].isdigit()
    }
    assert printed <= listed
