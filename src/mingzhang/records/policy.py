"""Who may do what where (权限): one table of roles and actions, one question to ask, one scope for queries.

Pages, the API and the actions themselves ask here and nowhere else. A grant at an entity reaches everything under it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import cached_property

from mingzhang.records.models import Entity, Grant, Role, User
from mingzhang.records.organisation import Organisation
from mingzhang.records.standing import Standing, standing


class Action(StrEnum):
    """What a person may do."""

    VIEW_BOOKS = "books.view"
    PREPARE_VOUCHER = "voucher.prepare"
    REVIEW_VOUCHER = "voucher.review"
    APPROVE_VOUCHER = "voucher.approve"
    PREPARE_BUDGET = "budget.prepare"
    REVIEW_BUDGET = "budget.review"
    APPROVE_BUDGET = "budget.approve"
    KEEP_REGISTERS = "registers.keep"
    IMPORT = "import.run"
    PREPARE_CLOSE = "close.prepare"
    REVIEW_CLOSE = "close.review"
    APPROVE_CLOSE = "close.approve"
    VIEW_ACCOUNTS = "accounts.view"
    WRITE_REASON = "reason.write"
    WRITE_WORK = "work.write"
    EDIT_WORK = "work.edit"
    APPROVE_WORK = "work.approve"
    PREPARE_PUBLICATION = "publication.prepare"
    REVIEW_PUBLICATION = "publication.review"
    APPROVE_PUBLICATION = "publication.approve"
    REVIEW_CONFIDENTIALITY = "confidentiality.review"
    ENTER_APPROVAL = "approval.enter"
    PREPARE_PERFORMANCE = "performance.prepare"
    REPORT_VALUE = "performance.report"
    REVIEW_PERFORMANCE = "performance.review"
    APPROVE_PERFORMANCE = "performance.approve"
    AUDIT = "audit.run"
    ACCEPT_FINDING = "finding.accept"
    OVERSEE = "district.oversee"
    CASEWORK_VIEW = "casework.view"
    CASEWORK_WORK = "casework.work"
    VIEW_TRAIL = "trail.view"
    ADMINISTER = "administer"
    BACK_UP = "backup"


_LOOKING = {Action.VIEW_BOOKS, Action.VIEW_ACCOUNTS, Action.AUDIT}

MAY: dict[Role, frozenset[Action]] = {
    Role.ACCOUNTANT: frozenset(
        {
            *_LOOKING,
            Action.PREPARE_VOUCHER,
            Action.PREPARE_BUDGET,
            Action.KEEP_REGISTERS,
            Action.IMPORT,
            Action.PREPARE_CLOSE,
            Action.WRITE_REASON,
            Action.PREPARE_PUBLICATION,
            Action.REPORT_VALUE,
        }
    ),
    Role.PERFORMANCE: frozenset({*_LOOKING, Action.PREPARE_PERFORMANCE, Action.REPORT_VALUE}),
    Role.REVIEWER: frozenset(
        {
            *_LOOKING,
            Action.REVIEW_VOUCHER,
            Action.REVIEW_BUDGET,
            Action.REVIEW_CLOSE,
            Action.REVIEW_PUBLICATION,
            Action.REVIEW_PERFORMANCE,
            Action.ACCEPT_FINDING,
            Action.VIEW_TRAIL,
        }
    ),
    Role.APPROVER: frozenset(
        {
            *_LOOKING,
            Action.APPROVE_VOUCHER,
            Action.APPROVE_BUDGET,
            Action.APPROVE_CLOSE,
            Action.APPROVE_WORK,
            Action.APPROVE_PUBLICATION,
            Action.APPROVE_PERFORMANCE,
            Action.VIEW_TRAIL,
        }
    ),
    Role.FINANCE_HEAD: frozenset(
        {
            *_LOOKING,
            Action.WRITE_REASON,
            Action.APPROVE_WORK,
            Action.PREPARE_PUBLICATION,
            Action.REVIEW_PUBLICATION,
            Action.APPROVE_PUBLICATION,
            Action.ENTER_APPROVAL,
            Action.ACCEPT_FINDING,
            Action.VIEW_TRAIL,
        }
    ),
    Role.SECTION: frozenset({Action.VIEW_ACCOUNTS, Action.WRITE_WORK, Action.REPORT_VALUE, Action.AUDIT}),
    Role.OFFICE: frozenset({Action.VIEW_ACCOUNTS, Action.EDIT_WORK, Action.AUDIT}),
    Role.CONFIDENTIALITY: frozenset({Action.VIEW_ACCOUNTS, Action.REVIEW_CONFIDENTIALITY}),
    Role.BUREAU: frozenset(
        {*_LOOKING, Action.ENTER_APPROVAL, Action.ACCEPT_FINDING, Action.OVERSEE, Action.VIEW_TRAIL}
    ),
    Role.INSPECTOR: frozenset({*_LOOKING, Action.ACCEPT_FINDING, Action.OVERSEE, Action.VIEW_TRAIL}),
    Role.ADMINISTRATOR: frozenset({Action.ADMINISTER, Action.BACK_UP, Action.VIEW_TRAIL}),
}
"""Administrators run the installation and never touch the books; who prepares does not approve.

Casework is open to nobody by a role of the books, but by posts in its lines (`records.casework.access`).
"""

BY_POST = frozenset({Action.CASEWORK_VIEW, Action.CASEWORK_WORK})
"""What posts in casework allow; a token has them among its scopes."""

APPROVING = frozenset(
    {
        Action.REVIEW_VOUCHER, Action.APPROVE_VOUCHER, Action.REVIEW_BUDGET, Action.APPROVE_BUDGET, Action.REVIEW_CLOSE, Action.APPROVE_CLOSE,
        Action.APPROVE_PERFORMANCE, Action.APPROVE_PUBLICATION, Action.REVIEW_CONFIDENTIALITY, Action.ADMINISTER,
    }
)  # fmt: skip
"""Actions that need a second factor when logging in."""


class Access:
    """What one person may do, read once: ask it as often as needed. `only` leaves no more than these actions, as a token does."""

    def __init__(
        self, user: User, organisation: Organisation | None = None, only: Collection[str] | None = None
    ) -> None:
        self.user = user
        self._organisation = organisation
        self._only = None if only is None else frozenset(only)

    def is_good_for(self, action: Action) -> bool:
        """Whether a program that acts for the person may do this at all: its token's scopes say; a person always."""
        return self._only is None or action in self._only

    def _actions_of(self, role: str) -> frozenset[Action]:
        """What a role allows here."""
        allowed = MAY[Role(role)]
        return allowed if self._only is None else allowed & self._only

    @cached_property
    def standing(self) -> Standing:
        """What stands at the moment that the person was read, else now."""
        present = self.user.present
        return standing(present.state if present else None)

    @cached_property
    def organisation(self) -> Organisation:
        """All entities, read when first asked for."""
        return self._organisation or self.standing.organisation

    @cached_property
    def _held(self) -> tuple[tuple[str, int], ...]:
        """(role, key of the entity) of each grant; none where the person is no longer active."""
        if not (self.user.pk and self.user.is_active):
            return ()
        if self.user.present is not None:
            return self.user.present.grants
        return tuple(self.user.grants.values_list("role", "entity_id"))

    @cached_property
    def grants(self) -> list[Grant]:
        """The person's grants, to be shown."""
        known = self.organisation.by_key
        held = [Grant(user=self.user, role=role, entity=known[key]) for role, key in self._held]
        return sorted(held, key=lambda grant: (grant.entity.order, grant.entity.code, grant.role))

    @cached_property
    def _actions_at(self) -> Mapping[int, frozenset[Action]]:
        """What may be done at each entity, by its key."""
        return self.organisation.remembered.get(("actions", self._held, self._only), self._read_actions)

    def _read_actions(self) -> dict[int, frozenset[Action]]:
        found: dict[int, set[Action]] = {}
        for role, held_at in self._held:
            actions = self._actions_of(role)
            for key in self.organisation.keys_below(held_at):
                found.setdefault(key, set()).update(actions)
        return {key: frozenset(actions) for key, actions in found.items()}

    def may(self, action: Action, entity: Entity) -> bool:
        """Whether this person may do it at this entity."""
        return action in self._actions_at.get(entity.pk, ())

    def may_anywhere(self, action: Action) -> bool:
        """Whether there is an entity where this person may do it."""
        return any(action in self._actions_of(role) for role, _ in self._held)

    def actions(self, entity: Entity) -> frozenset[Action]:
        """All that this person may do at an entity."""
        return self._actions_at.get(entity.pk, frozenset())

    def entities(self, *actions: Action) -> list[Entity]:
        """Where this person may do one of these, in the organisation's order: the scope of a query."""
        return [
            entity
            for entity in self.organisation.entities
            if any(action in self._actions_at.get(entity.pk, ()) for action in actions)
        ]

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The person's roles, wherever they hold."""
        return frozenset(Role(role) for role, _ in self._held)

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of the roles approves or administers."""
        return any(APPROVING & MAY[role] for role in self.roles)


def people_who_may(action: Action, entity: Entity) -> list[User]:
    """Everybody active who may do it at this entity, for messages that name whom to ask."""
    roles = [role for role, actions in MAY.items() if action in actions]
    above: list[int] = []
    step: Entity | None = entity
    while step is not None:
        above.append(step.pk)
        step = step.parent
    found: Iterable[User] = User.objects.filter(
        is_active=True, grants__role__in=roles, grants__entity__in=above
    ).distinct()
    return list(found)
