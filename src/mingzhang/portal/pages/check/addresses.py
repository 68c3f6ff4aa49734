"""Addresses of the public's own checks."""

from django.urls import path

from mingzhang.portal.pages.check import views

urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/<str:token>/", views.result, name="check_result"),
    path("check/<str:token>/progress/", views.progress, name="check_progress"),
    path("check/<str:token>/cancel/", views.stop, name="check_cancel"),
    path("check/<str:token>/<str:file>/", views.file, name="check_file"),
    path("check/<str:token>/<str:file>/pages/<str:page>/", views.page_picture, name="check_picture"),
    path("check/<str:token>/<str:file>/files/<str:place>/", views.take, name="check_download"),
]
