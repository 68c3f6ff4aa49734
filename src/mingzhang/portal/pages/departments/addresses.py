"""The address of the comparison."""

from django.urls import path

from mingzhang.portal.pages.departments import views

urlpatterns = [
    path("departments/", views.departments, name="departments"),
    path("departments/csv/", views.departments_csv, name="departments_csv"),
]
