"""Addresses of budget performance."""

from django.urls import path

from mingzhang.portal.pages.performance import editing, ex_ante, views, work

_AT = "e/<str:entity>/<int:year>/performance/"

urlpatterns = [
    path(_AT, views.overview, name="performance"),
    path(f"{_AT}work/", work.listing, name="performance_work"),
    path(f"{_AT}ex-ante/new/", ex_ante.new, name="ex_ante_new"),
    path(f"{_AT}ex-ante/<int:number>/edit/", ex_ante.edit, name="ex_ante_edit"),
    path(f"{_AT}goals/new/", editing.new, name="goals_new"),
    path(f"{_AT}goals/<int:number>/edit/", editing.edit, name="goals_edit"),
    path(f"{_AT}<int:number>/", views.one, name="performance_goals"),
    path(f"{_AT}<int:number>/value/", views.value, name="performance_value"),
    path(f"{_AT}<int:number>/explanation/", views.explanation, name="performance_explanation"),
    path(f"{_AT}<int:number>/monitoring/", views.monitoring, name="performance_monitoring"),
    path(f"{_AT}<int:number>/evaluation/", views.evaluation, name="performance_evaluation"),
    path(f"{_AT}<int:number>/file/<str:form>/", views.file, name="performance_file"),
    path(f"{_AT}promise/<str:kind>/<int:number>/", views.promise, name="performance_promise"),
]
