"""Addresses of the overviews."""

from django.urls import path

from mingzhang.portal.pages.overview import views

urlpatterns = [
    path("e/<str:entity>/<int:year>/overview/", views.department, name="overview"),
    path("district/", views.district, name="district"),
]
