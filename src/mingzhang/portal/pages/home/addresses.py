"""The public's first page."""

from django.urls import path

from mingzhang.portal.pages.home import views

urlpatterns = [path("", views.home, name="home")]
