"""Addresses of the API: the service, and the page that explains it."""

from django.urls import path

from mingzhang.portal.api.page import page
from mingzhang.portal.api.service import service

urlpatterns = [
    path("", page, name="api_page"),
    path("v1/", service.urls),
]
