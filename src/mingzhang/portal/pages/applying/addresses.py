"""Addresses of the public's applications."""

from django.urls import path

from mingzhang.portal.pages.applying import views

urlpatterns = [
    path("apply/", views.kinds, name="apply"),
    path("apply/state/", views.query, name="apply_query"),
    path("apply/<str:line>/<str:kind>/", views.apply, name="apply_new"),
]
