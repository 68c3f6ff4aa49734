"""Addresses of the memo registers."""

from django.urls import path

from mingzhang.portal.pages.registers import rows, views

_BOOK = "e/<str:entity>/<int:year>/registers/<str:register>/"

urlpatterns = [
    path("e/<str:entity>/<int:year>/registers/", views.overview, name="registers"),
    path(_BOOK, views.listing, name="register"),
    path(f"{_BOOK}new/", rows.new, name="register_new"),
    path(f"{_BOOK}<int:number>/", rows.one, name="register_row"),
    path(f"{_BOOK}<int:number>/dispose/", rows.dispose_of, name="register_dispose"),
    path(f"{_BOOK}<int:number>/void/", rows.void_one, name="register_void"),
]
