"""Addresses of ledgers."""

from django.urls import path

from mingzhang.portal.pages.ledgers import balance_table, columnar, detailed, general

_YEAR = "e/<str:entity>/<int:year>/"

urlpatterns = [
    path(f"{_YEAR}balances/", balance_table.table, name="balances"),
    path(f"{_YEAR}ledgers/", general.ledger, name="ledgers"),
    path(f"{_YEAR}ledgers/detail/", detailed.ledger, name="ledger_detail"),
    path(f"{_YEAR}ledgers/columns/", columnar.ledger, name="ledger_columns"),
]
