"""Addresses of the work report."""

from django.urls import path

from mingzhang.portal.pages.work import views

_AT = "e/<str:entity>/<int:year>/work/"

urlpatterns = [
    path(_AT, views.listing, name="work"),
    path(f"{_AT}<int:number>/", views.part, name="work_part"),
    path(f"{_AT}<int:number>/look/", views.look, name="work_look"),
    path(f"{_AT}figures/", views.figures, name="work_figures"),
    path(f"{_AT}<int:number>/<str:step>/", views.take, name="work_step"),
]
