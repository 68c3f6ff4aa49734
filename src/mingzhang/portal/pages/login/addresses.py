"""Addresses of logging in and out."""

from django.urls import path

from mingzhang.portal.pages.login import views

urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("password/", views.password, name="password"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
