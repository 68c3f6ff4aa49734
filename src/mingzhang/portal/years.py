"""Which year a page is about where its address does not say (年度)."""

from __future__ import annotations

from django.utils import timezone

from mingzhang.records.kept_years import last_year_kept, years_stated, years_with_vouchers


def current_year() -> int:
    """The last year with vouchers of its own, else this calendar year."""
    return last_year_kept() or timezone.localdate().year


def years_kept() -> list[int]:
    """The years that have vouchers or figures entered from reports, newest first, and always the current one."""
    kept = years_with_vouchers()
    current = last_year_kept(kept) or timezone.localdate().year
    return sorted({*kept, *years_stated(), current}, reverse=True)
