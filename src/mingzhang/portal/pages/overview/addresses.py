"""The address of the overview."""

from django.urls import path

from mingzhang.portal.pages.overview import views

urlpatterns = [
    path("e/<str:entity>/<int:year>/overview/", views.department, name="overview"),
]
