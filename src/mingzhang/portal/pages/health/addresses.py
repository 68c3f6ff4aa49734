"""Addresses for machines that watch."""

from django.urls import path

from mingzhang.portal.pages.health import views

urlpatterns = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
