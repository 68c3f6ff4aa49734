"""What may stand in a line's files: keys, their types, which must be there."""

from __future__ import annotations

from mingzhang.casework.access import ROLES
from mingzhang.casework.definitions import FieldType, Flavour, PrivacyClass, Shape
from mingzhang.casework.identifiers import IDENTIFIERS
from mingzhang.catalogue.loading.schema import FLAG, NEEDED, NUMBER, TEXT, TEXTS, Field, Schema

SECRECY = ("PUBLIC", "INTERNAL", "CONFIDENTIAL", "SEALED")
_NEEDED_TEXTS = Field("texts", required=True)
_TABLE = Field("table")

LINE: Schema = {
    "line": Field(
        "table",
        required=True,
        below={
            "code": NEEDED,
            "chinese": NEEDED,
            "department_role": Field("text", required=True, choices=tuple(ROLES)),
            "law": TEXT,
        },
    ),
    "access": Field("table", required=True, below=dict.fromkeys(ROLES, TEXT)),
}

_FIELD: Schema = {
    "name": NEEDED,
    "chinese": NEEDED,
    "type": Field("text", required=True, choices=tuple(FieldType)),
    "required": TEXT,
    "codes": TEXTS,
    "kind": TEXT,
    "decimals": NUMBER,
    "least": TEXT,
    "most": TEXT,
    "privacy": Field("text", choices=tuple(PrivacyClass)),
    "identifier": Field("text", choices=tuple(IDENTIFIERS)),
    "listed": FLAG,
    "filtered": FLAG,
    "help": TEXT,
    "turn": Field(
        "table",
        below={
            "open": _TABLE,
            "dated": TEXT,
            "skills": TEXT,
            "by": TEXT,
            "wanted": _TABLE,
            "fills": _TABLE,
        },
    ),
    "draw": Field("table", below={"where": _TABLE, "date_field": NEEDED}),
}

KINDS: Schema = {
    "kinds": Field(
        "tables",
        required=True,
        below={
            "id": NEEDED,
            "chinese": NEEDED,
            "shape": Field("text", required=True, choices=tuple(Shape)),
            "fields": Field(
                "tables", required=True, below={**_FIELD, "fields": Field("tables", below=_FIELD)}
            ),
            "title": TEXT,
            "number": TEXT,
            "secrecy": Field("text", choices=SECRECY),
            "unique": TEXTS,
            "evidence": FLAG,
            "public": FLAG,
            "guards": TEXTS,
            "shares": TEXT,
            "siblings": _TABLE,
        },
    )
}

_USE: Schema = {"family": NEEDED, "where": _TABLE, "from_field": TEXT}
_TRANSITION: Schema = {
    "action": NEEDED,
    "chinese": NEEDED,
    "from": _NEEDED_TEXTS,
    "to": NEEDED,
    "roles": TEXTS,
    "guards": TEXTS,
    "needs": TEXTS,
    "asks": TEXTS,
    "documents": TEXTS,
    "starts": Field("tables", below=_USE),
    "stops": TEXTS,
    "pauses": TEXTS,
    "resumes": TEXTS,
    "extends": TEXT,
    "two_person": FLAG,
    "automatic": FLAG,
    "moment": TEXT,
    "outcome": TEXT,
    "opens": TEXT,
    "where": _TABLE,
    "sets": _TABLE,
    "pays": Field(
        "table",
        below={"amount": NEEDED, "project": NEEDED, "purpose": NEEDED, "function": TEXT, "economic": TEXT},
    ),
}

STATES: Schema = {
    "tables": Field(
        "tables",
        required=True,
        below={
            "kind": NEEDED,
            "version": Field("number", required=True),
            "states": Field(
                "tables",
                required=True,
                below={"id": NEEDED, "chinese": NEEDED, "final": FLAG, "holding": FLAG},
            ),
            "transitions": Field("tables", required=True, below=_TRANSITION),
        },
    )
}

_COUNTING: Schema = {
    "kinds": _NEEDED_TEXTS,
    "date_field": TEXT,
    "until_field": TEXT,
    "where": _TABLE,
    "rows": TEXT,
    "row_where": _TABLE,
    "measure": TEXT,
    "deadlines": TEXTS,
    "standings": TEXTS,
    "confirmed_only": FLAG,
    "distinct_days": FLAG,
}

METRICS: Schema = {
    "metrics": Field(
        "tables",
        required=True,
        below={
            "id": NEEDED,
            "chinese": NEEDED,
            "unit": TEXT,
            "flavour": Field("text", required=True, choices=tuple(Flavour)),
            "numerator": Field("table", required=True, below=_COUNTING),
            "denominator": Field("table", below=_COUNTING),
            "decimals": NUMBER,
            "includes": NEEDED,
            "excludes": TEXT,
            "basis": TEXT,
            "returned_as": TEXT,
            "version": NUMBER,
        },
    )
}

RETURNS: Schema = {
    "returns": Field(
        "tables",
        below={
            "id": NEEDED,
            "chinese": NEEDED,
            "reporters": NEEDED,
            "due_day": NUMBER,
            "items": Field(
                "tables",
                required=True,
                below={"name": NEEDED, "chinese": NEEDED, "unit": NEEDED, "metric": TEXT},
            ),
        },
    )
}
