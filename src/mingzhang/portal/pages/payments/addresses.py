"""Addresses of payments."""

from django.urls import path

from mingzhang.portal.pages.payments import asked, compared

_HERE = "e/<str:entity>/<int:year>/case-payments/"

urlpatterns = [
    path(_HERE, asked.listing, name="case_payments"),
    path(f"{_HERE}do/", asked.act, name="case_payment_act"),
    path("casework/<str:line>/payments/", compared.of_line, name="casework_payments"),
]
