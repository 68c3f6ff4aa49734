"""People (用户), what they may do where (授权), and the tokens of their programs (接口令牌)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from mingzhang.records.present import Present


class Role(models.TextChoices):
    """What a person does at an entity and all those under it; `records.policy` says what each may do."""

    ACCOUNTANT = "accountant", "单位会计"
    PERFORMANCE = "performance", "绩效管理"
    REVIEWER = "reviewer", "复核"
    APPROVER = "approver", "审批"
    FINANCE_HEAD = "finance_head", "部门财务负责人"
    SECTION = "section", "业务科室"
    OFFICE = "office", "办公室"
    CONFIDENTIALITY = "confidentiality", "保密审查员"
    BUREAU = "bureau", "财政局"
    INSPECTOR = "inspector", "审计、人大（只读）"
    ADMINISTRATOR = "administrator", "系统管理员"


class UserManager(BaseUserManager["User"]):
    """People by their login name."""

    def create_user(self, username: str, password: str, name: str, **fields: Any) -> User:
        """Make a person who may log in; what they may do is granted apart."""
        user = self.model(username=username, name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. Nobody is deleted: who leaves is no longer active, and the trail keeps the name."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    section = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    present: Present | None = None
    """What was read with the person of a request (`records.present`)."""

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role of a person at an entity and everything under it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    entity = models.ForeignKey("records.Entity", models.PROTECT, related_name="grants")

    class Meta:
        ordering = ["user", "entity", "role"]
        constraints = [models.UniqueConstraint(fields=["user", "role", "entity"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.entity}"


class Token(models.Model):
    """A token of the API: only its SM3 is kept; `scopes` are actions of `records.policy` that it may use."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.user} {self.name}"


class Shortcut(models.Model):
    """A page that a person pinned to the desk (常用): its address within the portal, and what the person calls it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="shortcuts")
    address = models.CharField(max_length=300)
    title = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="shortcut_once")]

    def __str__(self) -> str:
        return self.title
