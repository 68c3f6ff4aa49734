"""Posts in casework (业务岗位): what a person does in which line and where, from when to when."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models.registries import Area, Organisation
from mingzhang.records.people.models import User


class CaseRole(models.TextChoices):
    """Roles of the permission matrix (权限表)."""

    HEAD = "HEAD", "局领导"
    OFFICE = "OFFICE", "办公室（统计）"
    REV = "REV", "复议应诉科"
    PUB = "PUB", "普法科"
    LEG = "LEG", "合法性审查科"
    ENF = "ENF", "执法监督科"
    GRA = "GRA", "基层科（人民参与）"
    PLS = "PLS", "公共法律服务科"
    AID = "AID", "法律援助中心"
    LAW = "LAW", "律师工作科"
    COR = "COR", "社区矫正机构"
    RES = "RES", "安置帮教"
    JO = "JO", "司法所"
    SW = "SW", "社工、网格员"
    MED = "MED", "调解员"
    LWY = "LWY", "律师"
    UNIT = "UNIT", "区直单位、街道联络员"
    PART = "PART", "法院、检察、公安"
    PUBLIC = "PUBLIC", "群众、企业"
    SUP = "SUP", "矫正对象"
    FIN = "FIN", "财务绩效"
    ADM = "ADM", "系统管理"
    AUD = "AUD", "安全审计"


class CasePost(models.Model):
    """A role of a person in one line, or in all where `line` is blank; area and organisation narrow its scope."""

    user = models.ForeignKey(User, models.PROTECT, related_name="case_posts")
    role = models.CharField(max_length=8, choices=CaseRole.choices)
    line = models.CharField(max_length=30, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["user", "role", "line"]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
