"""What of the field's 217 checks is covered: by the structure of the cube, by relations, by the audit of a document, or by
nothing yet, and why."""

from collections import Counter
from pathlib import Path

import mingzhang
from mingzhang.catalogue.loading.relations import checklist, relations

ROWS = checklist()
NAMES = {relation.name for relation in relations()}


def entries(row):
    """The relations that cover a check; none where the structure, the audit or nothing does."""
    return [
        each
        for each in row["covered_by"].split()
        if each not in ("structure", "nothing") and not each.startswith("audit:")
    ]


def rules(row):
    """The rules of the audit of documents that cover a check."""
    return [each.removeprefix("audit:") for each in row["covered_by"].split() if each.startswith("audit:")]


def test_each_of_the_217_checks_says_what_covers_it_and_why():
    """Print the whole list (`pytest -s`): a check without an answer would be forgotten."""
    for row in ROWS:
        print(f"{row['id']:10} {row['covered_by']:40} {row['chinese']} ({row['why']})")
    kinds = ("relation" if entries(row) else "audit" if rules(row) else row["covered_by"] for row in ROWS)
    print(Counter(kinds))
    assert len(ROWS) == len({row["id"] for row in ROWS}) == 217
    assert all(row["english"] and row["chinese"] and row["covered_by"] and row["why"] for row in ROWS)


def test_every_relation_named_exists():
    """A relation that was renamed or dropped covers nothing."""
    assert {name for row in ROWS for name in entries(row)} <= NAMES


def test_the_list_and_the_relations_name_each_other():
    """What a relation says it covers is marked as covered by it."""
    covered = {row["id"]: entries(row) for row in ROWS}
    for relation in relations():
        for each in relation.source_ids:
            assert relation.name in covered[each], f"{each}: {relation.name}"


def test_every_rule_of_the_audit_named_exists():
    """A rule that was renamed or dropped covers nothing."""
    source = Path(mingzhang.__file__).parent
    told = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("audit", "read")
        for path in (source / folder).rglob("*.py")
    )
    assert [rule for row in ROWS for rule in rules(row) if f'"{rule}"' not in told] == []
