"""Addresses of open data."""

from django.urls import path

from mingzhang.portal.pages.data import views

urlpatterns = [
    path("data/", views.open_data, name="open_data"),
    path("data/index.json", views.index_json, name="open_data_index"),
    path("data/index.csv", views.index_csv, name="open_data_csv"),
    path("data/datapackage.json", views.description, name="open_data_description"),
]
