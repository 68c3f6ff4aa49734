"""Addresses of projects."""

from django.urls import path

from mingzhang.portal.pages.projects import views

_HERE = "e/<str:entity>/<int:year>/projects/"

urlpatterns = [
    path(_HERE, views.listing, name="projects"),
    path(f"{_HERE}new/", views.new, name="project_new"),
    path(f"{_HERE}<int:number>/", views.one, name="project"),
]
