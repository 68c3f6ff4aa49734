"""Addresses of the portal, one list a topic."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("mingzhang.portal.pages.home.addresses")),
    path("", include("mingzhang.portal.pages.login.addresses")),
    path("", include("mingzhang.portal.pages.desk.addresses")),
    path("", include("mingzhang.portal.pages.proposals.addresses")),
    path("", include("mingzhang.portal.pages.work.addresses")),
    path("", include("mingzhang.portal.pages.performance.addresses")),
    path("", include("mingzhang.portal.pages.health.addresses")),
]

handler400 = "mingzhang.portal.errors.bad_request"
handler403 = "mingzhang.portal.errors.forbidden"
handler404 = "mingzhang.portal.errors.not_found"
handler500 = "mingzhang.portal.errors.broken"
