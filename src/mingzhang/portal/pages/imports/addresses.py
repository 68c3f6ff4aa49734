"""Addresses of imports."""

from django.urls import path

from mingzhang.portal.pages.imports import checking, views

_HERE = "e/<str:entity>/<int:year>/imports/"

urlpatterns = [
    path(_HERE, views.imports, name="imports"),
    path(f"{_HERE}blank/<str:kind>/download/", views.blank, name="import_blank"),
    path(f"{_HERE}<int:number>/", checking.check, name="import_check"),
    path(f"{_HERE}<int:number>/state/", checking.state, name="import_state"),
    path(f"{_HERE}<int:number>/again/", checking.again, name="import_again"),
    path(f"{_HERE}<int:number>/confirm/", checking.confirm, name="import_confirm"),
]
