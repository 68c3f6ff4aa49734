"""Who may what in a line (权限表): roles, letters, and how far each reaches.

Letters: A approve, W write, R read rows, S statistics only, O own or assigned records only. A and W include reading; reading includes statistics.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

LETTERS = "AWRSO"

ROLES: Mapping[str, str] = {
    "HEAD": "局领导",
    "OFFICE": "办公室（统计）",
    "REV": "复议应诉科",
    "PUB": "普法科",
    "LEG": "合法性审查科",
    "ENF": "执法监督科",
    "GRA": "基层科（人民参与）",
    "PLS": "公共法律服务科",
    "AID": "法律援助中心",
    "LAW": "律师工作科",
    "COR": "社区矫正机构",
    "RES": "安置帮教",
    "JO": "司法所",
    "SW": "社工、网格员",
    "MED": "调解员",
    "LWY": "律师",
    "UNIT": "区直单位、街道联络员",
    "PART": "法院、检察、公安",
    "PUBLIC": "群众、企业",
    "SUP": "矫正对象",
    "FIN": "财务绩效",
    "ADM": "系统管理",
    "AUD": "安全审计",
}
"""Roles of the matrix with their names."""

LOGS_ONLY = frozenset({"ADM", "AUD"})
"""Roles that see no business rows, whatever a line states: one configures, the other reads the logs."""


class Scope(StrEnum):
    """How far a role reaches within a line."""

    ALL = "all"
    AREA = "area"
    """Records of the own street and what lies below it."""
    ORGANISATION = "organisation"
    """Records kept by, or addressed to, the own organisation."""
    OWN = "own"
    """Records that name the person as owner, handler, applicant, or grant them."""


DEFAULT_SCOPES: Mapping[str, Scope] = {
    "JO": Scope.AREA,
    "UNIT": Scope.ORGANISATION,
    "SW": Scope.OWN,
    "MED": Scope.OWN,
    "LWY": Scope.OWN,
    "PART": Scope.OWN,
    "PUBLIC": Scope.OWN,
    "SUP": Scope.OWN,
}
"""Scopes of roles that do not reach everything."""

_INCLUDED = {"A": "ARS", "W": "WRS", "R": "RS", "S": "S", "O": "O"}


def letters(access: Mapping[str, str], role: str) -> frozenset[str]:
    """What a role has in a line that states `access`, included letters with it.

    >>> sorted(letters({"HEAD": "A"}, "HEAD")), sorted(letters({"LWY": "WO"}, "LWY")), letters({"ADM": "R"}, "ADM")
    (['A', 'R', 'S'], ['O', 'R', 'S', 'W'], frozenset())
    """
    if role in LOGS_ONLY:
        return frozenset()
    return frozenset(included for letter in access.get(role, "") for included in _INCLUDED.get(letter, ""))


def scope(access: Mapping[str, str], role: str) -> Scope | None:
    """How far the role reaches over rows; None where it sees none (statistics only, or nothing).

    >>> scope({"JO": "W"}, "JO"), scope({"JO": "WO"}, "JO"), scope({"FIN": "S"}, "FIN")
    (<Scope.AREA: 'area'>, <Scope.AREA: 'area'>, None)
    """
    held = letters(access, role)
    if not held & {"R", "O"}:
        return None
    default = DEFAULT_SCOPES.get(role, Scope.ALL)
    return Scope.OWN if "O" in held and default is Scope.ALL else default
