"""Which year a page is about where its address does not say (年度)."""

from __future__ import annotations

from django.utils import timezone

from mingzhang.records.standing import Standing, standing


def current_year(now: Standing | None = None) -> int:
    """The last year with vouchers of its own, else this calendar year."""
    return (now or standing()).kept_years.last or timezone.localdate().year


def years_kept(now: Standing | None = None) -> list[int]:
    """The years that have vouchers or figures entered from reports, newest first, and always the current one."""
    now = now or standing()
    return sorted({*now.kept_years.years, current_year(now)}, reverse=True)
