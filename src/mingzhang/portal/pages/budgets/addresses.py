"""Addresses of budgets."""

from django.urls import path

from mingzhang.portal.pages.budgets import entry, views

_HERE = "e/<str:entity>/<int:year>/budgets/"

urlpatterns = [
    path(_HERE, views.execution_page, name="budgets"),
    path(f"{_HERE}documents/", views.documents, name="budget_documents"),
    path(f"{_HERE}new/", entry.new, name="budget_new"),
    path(f"{_HERE}<int:number>/edit/", entry.edit, name="budget_edit"),
]
