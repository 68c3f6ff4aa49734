"""Applications of the public (公众申请): records opened by whoever applies, under one account that nobody can log in with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from mingzhang.casework.definitions import Kind, Transition
from mingzhang.casework.states import from_state
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.models import CasePost, CaseRole, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.people.models import User
from mingzhang.records.trail import enter

USERNAME, NAME = "public", "公众"
CHANNEL = "网上"
SYSTEM = "网上申请"


def opening_for_the_public(kind: Kind) -> Transition | None:
    """The step by which anybody may open a record of the kind; None where the line does not open it."""
    if not kind.public or kind.states is None:
        return None
    return next((step for step in from_state(kind.states, "") if CaseRole.PUBLIC.value in step.roles), None)


def apply(kind: Kind, fields: Mapping[str, Any], receipt: str, command_key: str) -> Record:
    """Open a record for somebody of the public, received now by the network under the number of the receipt. Raises RefusedError.

    The same `command_key` again gives the record that it made, which has its first receipt.
    """
    step = opening_for_the_public(kind)
    if step is None:
        raise refused("E-ROLE", f"“{kind.chinese}”不能在网上申请", kind.chinese, "请到窗口办理。")
    now = timezone.now()
    stated = {
        **fields,
        "channel": CHANNEL,
        "received_at": now,
        "source_system": SYSTEM,
        "source_ref": receipt,
    }
    return open_record(
        public_account(),
        kind,
        stated,
        occurred_on=timezone.localdate(now),
        command_key=command_key,
        action=step.action,
    )


def public_account() -> User:
    """The account under which the public's records are opened, made when it is first needed."""
    with transaction.atomic():
        found = User.objects.filter(username=USERNAME).first()
        if found is None:
            account = User(username=USERNAME, name=NAME)
            account.set_unusable_password()
            found = enter([account], "建立", reason="网上申请的登记账号，不能登录")[0]
        if not CasePost.objects.filter(user=found, role=CaseRole.PUBLIC).exists():
            enter([CasePost(user=found, role=CaseRole.PUBLIC, valid_from=date(2000, 1, 1))], "登记")
    return found
