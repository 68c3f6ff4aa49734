"""Addresses of vouchers. A number may contain anything, so its address comes last."""

from django.urls import path

from mingzhang.portal.pages.vouchers import codes, entry, listing, one

_BOOKS = "e/<str:entity>/<int:year>/vouchers/"

urlpatterns = [
    path(_BOOKS, listing.listing, name="vouchers"),
    path(f"{_BOOKS}new/", entry.new, name="voucher_new"),
    path(f"{_BOOKS}preview/", entry.preview, name="voucher_preview"),
    path(f"{_BOOKS}codes/<str:kind>/", codes.suggestions, name="voucher_codes"),
    path(f"{_BOOKS}print/", one.printed, name="vouchers_print"),
    path(f"{_BOOKS}<int:number>/edit/", entry.edit, name="voucher_edit"),
    path(f"{_BOOKS}<path:number>/", one.one, name="voucher"),
]
