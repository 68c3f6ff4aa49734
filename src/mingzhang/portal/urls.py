"""Addresses of the portal, one list a topic."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("mingzhang.portal.pages.home.addresses")),
    path("", include("mingzhang.portal.pages.reports.addresses")),
    path("", include("mingzhang.portal.pages.departments.addresses")),
    path("", include("mingzhang.portal.pages.data.addresses")),
    path("", include("mingzhang.portal.pages.login.addresses")),
    path("", include("mingzhang.portal.pages.desk.addresses")),
    path("", include("mingzhang.portal.pages.proposals.addresses")),
    path("", include("mingzhang.portal.pages.vouchers.addresses")),
    path("", include("mingzhang.portal.pages.ledgers.addresses")),
    path("", include("mingzhang.portal.pages.audits.addresses")),
    path("", include("mingzhang.portal.pages.check.addresses")),
    path("", include("mingzhang.portal.pages.tables.addresses")),
    path("", include("mingzhang.portal.pages.report.addresses")),
    path("", include("mingzhang.portal.pages.publishing.addresses")),
    path("", include("mingzhang.portal.pages.overview.addresses")),
    path("", include("mingzhang.portal.pages.district.addresses")),
    path("", include("mingzhang.portal.pages.work.addresses")),
    path("", include("mingzhang.portal.pages.administration.addresses")),
    path("", include("mingzhang.portal.pages.trail.addresses")),
    path("", include("mingzhang.portal.pages.budgets.addresses")),
    path("", include("mingzhang.portal.pages.projects.addresses")),
    path("", include("mingzhang.portal.pages.registers.addresses")),
    path("", include("mingzhang.portal.pages.closing.addresses")),
    path("api/", include("mingzhang.portal.api.addresses")),
    path("", include("mingzhang.portal.pages.imports.addresses")),
    path("", include("mingzhang.portal.pages.jobs.addresses")),
    path("", include("mingzhang.portal.pages.performance.addresses")),
    path("", include("mingzhang.portal.pages.payments.addresses")),
    path("", include("mingzhang.portal.pages.casework.addresses")),
    path("", include("mingzhang.portal.pages.applying.addresses")),
    path("", include("mingzhang.portal.pages.health.addresses")),
]

handler400 = "mingzhang.portal.errors.bad_request"
handler403 = "mingzhang.portal.errors.forbidden"
handler404 = "mingzhang.portal.errors.not_found"
handler500 = "mingzhang.portal.errors.broken"
