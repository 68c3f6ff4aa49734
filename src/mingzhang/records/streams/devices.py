"""Devices (定位终端): issued to a person, given a token and a secret that are shown once, ended, given new ones; each change on the trail."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from mingzhang.casework.fences import begun
from mingzhang.casework.fences.states import as_plain
from mingzhang.casework.positions.tables import milliseconds
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.models import Record
from mingzhang.records.people.models import User
from mingzhang.records.streams.duties import SUPERVISED
from mingzhang.records.streams.models import Device, FenceState
from mingzhang.records.trail import content, enter, record, sm3

PREFIX = "mzd_"
_SALT = "mingzhang.streams.device"


class Issued(NamedTuple):
    """A device with what it authenticates itself by, to be entered in it now: neither can be shown again."""

    device: Device
    token: str
    secret: str


def issue(
    user: User,
    episode: Record,
    kind: str,
    number: str,
    *,
    entry: Record | None = None,
    since: datetime | None = None,
) -> Issued:
    """Issue a device to a person on the register, who is watched from then on; `entry` is the device in the line's registry.

    Raises RefusedError: E-ROLE, E-REQ, E-STATE for a person who is not supervised, E-DUP while somebody else has it.
    """
    _must_write(user, episode)
    number = number.strip()
    if kind not in Device.Kind.values or not 0 < len(number) <= 60:
        raise refused("E-REQ", "没有填写终端类别或者编号", "定位终端", "选择类别，填写60字以内的编号。")
    if episode.state not in SUPERVISED:
        raise refused("E-STATE", "不在册的对象不发放定位终端", str(episode), "入矫宣告以后再发放。")
    made = Device(
        kind=kind,
        number=number,
        asset=str(entry.content.get("asset_no") or "") if entry else "",
        entry=entry,
        episode=episode,
        since=since or timezone.now(),
        registered_by=user,
    )
    issued = _keyed(made)
    with transaction.atomic():
        held = Device.objects.select_for_update().filter(kind=kind, number=number, until=None)
        if held.exists():
            raise refused("E-DUP", f"{made}已经发放，还没有收回", "定位终端", "先收回，再发放。")
        enter([made], "发放", subject=f"{made} · {episode.number or episode.key}")
        start = milliseconds(made.since)
        FenceState.objects.get_or_create(
            episode=episode, defaults={"state": as_plain(begun(start)), "last_at": start}
        )
    return issued


def end(user: User, device: Device, reason: str, until: datetime | None = None) -> Device:
    """Take a device back: what it measured until then may still come, its token is good for that alone. Raises RefusedError."""
    if not reason.strip():
        raise refused("E-REQ", "收回须写明原因", str(device), "填写原因。")
    with transaction.atomic():
        row = _locked(user, device)
        before = content(row)
        row.until, row.why_ended = until or timezone.now(), reason.strip()[:200]
        row.save(update_fields=["until", "why_ended"])
        record("streams", "收回", str(row), of=row, before=before, after=content(row), reason=row.why_ended)
        return row


def renew(user: User, device: Device, reason: str) -> Issued:
    """Give a device a new token and secret, where it was reset or somebody else may know the old ones. Raises RefusedError."""
    with transaction.atomic():
        row = _locked(user, device)
        before = content(row)
        issued = _keyed(row)
        row.save(update_fields=["token", "secret"])
        record(
            "streams", "换发令牌", str(row), of=row, before=before, after=content(row), reason=reason[:300]
        )
        return issued


def device_of(token: str) -> Device | None:
    """The device of a token, ended ones too."""
    if not token.startswith(PREFIX):
        return None
    return Device.objects.select_related("episode").filter(token=sm3(token)).first()


def secret_of(device: Device) -> str | None:
    """The secret that the device's requests are signed with; None where the installation's secret key has changed since it was issued."""
    derived = _derived(device)
    return derived if sm3(derived) == device.secret else None


def devices_of(episode: Record) -> list[Device]:
    """The devices issued to a person, the latest first."""
    return list(Device.objects.filter(episode=episode).select_related("registered_by").order_by("-since"))


def _keyed(device: Device) -> Issued:
    """Give the device a token and a secret, of which the row keeps digests only."""
    token = PREFIX + secrets.token_urlsafe(32)
    device.token = sm3(token)
    secret = _derived(device)
    device.secret = sm3(secret)
    return Issued(device, token, secret)


def _derived(device: Device) -> str:
    """Of the device's key and its token: a new token has a new secret."""
    return salted_hmac(_SALT, f"{device.key}:{device.token}", algorithm="sha256").hexdigest()


def _locked(user: User, device: Device) -> Device:
    row = Device.objects.select_for_update(of=("self",)).select_related("episode").get(pk=device.pk)
    _must_write(user, row.episode)
    if row.until is not None:
        raise refused("E-STATE", f"{row}已经收回", "定位终端", "需要时重新发放。")
    return row


def _must_write(user: User, episode: Record) -> None:
    if not CaseAccess(user).may_over(episode, "W"):
        raise refused(
            "E-ROLE", "您不能为该对象发放、收回定位终端", episode.key, "请由所属司法所或者矫正机构办理。"
        )
