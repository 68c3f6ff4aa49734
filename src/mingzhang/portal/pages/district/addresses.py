"""Addresses of the district's pages."""

from django.urls import path

from mingzhang.portal.pages.district import auditing, timeliness, totals, views

urlpatterns = [
    path("district/", views.district, name="district"),
    path("district/timeliness/", timeliness.timeliness, name="district_timeliness"),
    path("district/totals/", totals.totals, name="district_totals"),
    path("district/audits/", auditing.audits, name="district_audits"),
]
