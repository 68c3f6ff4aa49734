"""The state of the installation (系统状态): what runs, on what, and whether it is as it should be."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from mingzhang.records.backup.kept import backups_kept
from mingzhang.records.database import home
from mingzhang.records.models import Job
from mingzhang.records.setup import pending

_LOW_DISK = 2 * 1024**3
_OLD_BACKUP_DAYS = 2
_PATIENT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the state: what, how it is, and what to do where it is not well."""

    what: str
    how: str
    remedy: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing needs doing."""
        return not self.remedy


def state_of_installation() -> list[Line]:
    """Versions, tables, disk, worker, backups."""
    return [
        Line(
            "程序版本",
            f"明账 {version('mingzhang')}，Django {django.get_version()}，Python {platform.python_version()}",
        ),
        Line("数据库", _database()),
        _tables(),
        _disk(),
        _worker(),
        _backup(),
    ]


def settings_in_force() -> list[Line]:
    """The settings that the environment gives, as they are now."""
    secure = bool(settings.SECURE)
    factor = bool(settings.SECOND_FACTOR)
    return [
        Line("允许的主机名", "、".join(settings.ALLOWED_HOSTS)),
        Line(
            "HTTPS",
            "已启用" if secure else "未启用",
            "" if secure else "正式使用时在前面架设 HTTPS 代理，并设置 MINGZHANG_HTTPS=1。",
        ),
        Line(
            "二次验证（一次性验证码）",
            "审批、管理人员必须使用" if factor else "已关闭",
            "" if factor else "只有试用时才应关闭：去掉 MINGZHANG_SECOND_FACTOR=off。",
        ),
        Line("会话超时", f"{settings.IDLE_MINUTES} 分钟没有操作即退出"),
        Line(
            "登录锁定",
            f"连续输错 {settings.AXES_FAILURE_LIMIT} 次，锁定 {int(settings.AXES_COOLOFF_TIME * 60)} 分钟",
        ),
        Line("数据目录", str(home())),
    ]


def _database() -> str:
    stated: dict[str, Any] = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        number = cursor.fetchone()[0]
    place = (
        f"{stated['NAME']}"
        if connection.vendor == "sqlite"
        else f"{stated['HOST'] or '本机'} / {stated['NAME']}"
    )
    return f"{'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'} {number}，{place}"


def _tables() -> Line:
    missing = pending()
    if missing:
        return Line("数据表", f"还有 {len(missing)} 步升级没有做", "在服务器上运行 mingzhang migrate。")
    made = MigrationRecorder(connection).applied_migrations()
    return Line("数据表", f"已是最新（{max(name for app, name in made if app == 'records')}）")


def _disk() -> Line:
    usage = shutil.disk_usage(home())
    how = f"可用 {usage.free / 1024**3:.1f} GB，共 {usage.total / 1024**3:.1f} GB"
    return Line(
        "磁盘空间", how, "" if usage.free > _LOW_DISK else "清理磁盘或扩容；空间不足时备份、公开会失败。"
    )


def _worker() -> Line:
    now = timezone.now()
    stuck = Job.objects.filter(
        state=Job.State.WAITING, created_at__lt=now - timedelta(seconds=_PATIENT_SECONDS)
    ).count()
    last = Job.objects.filter(ended_at__isnull=False).order_by("-ended_at").first()
    how = f"最近完成 {timezone.localtime(last.ended_at):%Y-%m-%d %H:%M}" if last else "还没有运行过任务"
    if stuck:
        return Line(
            "后台任务", f"{how}，{stuck} 个任务久等未动", "在服务器上检查 mingzhang-jobs 服务是否在运行。"
        )
    return Line("后台任务", how)


def _backup() -> Line:
    kept = backups_kept()
    if not kept:
        return Line("最近备份", "还没有备份", "在“备份”页立即备份，并设置每晚自动备份。")
    days = (timezone.now() - kept[0].made_at).days
    how = f"{timezone.localtime(kept[0].made_at):%Y-%m-%d %H:%M}，{kept[0].megabytes} MB"
    return Line("最近备份", how, "" if days < _OLD_BACKUP_DAYS else "备份已过期：检查每晚备份是否成功。")
