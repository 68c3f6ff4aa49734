"""Addresses of closing."""

from django.urls import path

from mingzhang.portal.pages.closing import views

urlpatterns = [
    path("e/<str:entity>/<int:year>/closing/", views.closing, name="closing"),
    path("e/<str:entity>/<int:year>/closing/prepare/", views.prepare, name="closing_prepare"),
]
