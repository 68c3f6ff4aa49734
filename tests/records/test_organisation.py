"""The organisation is read once and made anew where a row of it changed; empty tables are found in one query."""

from datetime import date

from django.db import transaction

from mingzhang.records.holding import holding
from mingzhang.records.models import Entity, Project, Reception, Vehicle
from mingzhang.records.organisation import organisation_to_read
from mingzhang.records.points import fact_store


def test_the_organisation_is_the_same_one_until_a_row_of_it_changes(bureau):
    """A posting leaves it alone; a name, a new project, a secret one are seen by the next who asks."""
    known = organisation_to_read()
    assert organisation_to_read() is known
    assert fact_store("bureau", [2021]).vocabulary is fact_store("bureau", [2021]).vocabulary
    Entity.objects.filter(code="centre").update(name="改名中心")
    assert organisation_to_read().named("centre").name == "改名中心"
    Project.objects.create(code="P2", name="新增项目", entity=bureau.office)
    assert fact_store("bureau", [2021]).vocabulary.dimensions["project"].label("P2") == "新增项目"
    Project.objects.filter(code="P2").update(secret=True)
    assert "P2" not in fact_store("bureau", [2021]).vocabulary.dimensions["project"]


def test_what_was_taken_back_is_forgotten(bureau):
    """Inside a transaction its own changes are seen, and no longer where it was rolled back."""
    with transaction.atomic():
        Entity.objects.filter(code="office").update(name="未定")
        assert organisation_to_read().named("office").name == "未定"
        transaction.set_rollback(True)
    assert organisation_to_read().named("office").name == "示例局本级"


def test_tables_that_hold_something_are_named_in_one_query(bureau, django_assert_num_queries):
    """A row counts only with a value asked for in every column; nothing is held for nobody."""
    Reception.objects.create(entity=bureau.office, on=date(2021, 3, 1), guests=3, spending_fen=100)
    own = [bureau.office.pk]
    with django_assert_num_queries(1):
        held = holding(
            {
                "receptions": (Reception, {"entity_id": own}),
                "of three": (Reception, {"entity_id": own, "guests": [2, 3]}),
                "of two": (Reception, {"entity_id": own, "guests": [2]}),
                "elsewhere": (Reception, {"entity_id": [bureau.centre.pk]}),
                "of nobody": (Reception, {"entity_id": []}),
                "vehicles": (Vehicle, {"entity_id": own}),
            }
        )
    assert held == {"receptions", "of three"}
