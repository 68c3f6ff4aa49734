"""Addresses of the tables."""

from django.urls import path

from mingzhang.portal.pages.tables import figure, views

urlpatterns = [
    path("e/<str:entity>/<int:year>/tables/", views.listing, name="tables"),
    path("e/<str:entity>/<int:year>/tables/cell/", figure.show_figure, name="table_cell"),
    path("e/<str:entity>/<int:year>/tables/<str:form>/", views.one, name="table"),
    path("e/<str:entity>/<int:year>/tables/<str:form>/download/", views.download, name="table_file"),
]
