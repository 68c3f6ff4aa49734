"""Addresses of the desk and of what is pinned to it."""

from django.urls import path

from mingzhang.portal.pages.desk import pinning, views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/pinned/", pinning.pinned, name="desk_pinned"),
    path("desk/pinned/<int:number>/remove/", pinning.unpinned, name="desk_unpinned"),
]
