"""Addresses of the trail."""

from django.urls import path

from mingzhang.portal.pages.trail import views

urlpatterns = [
    path("trail/", views.listing, name="trail"),
    path("trail/export.csv", views.export, name="trail_export"),
    path("trail/verify/", views.verify, name="trail_verify"),
]
