"""The address of the desk."""

from django.urls import path

from mingzhang.portal.pages.desk import views

urlpatterns = [path("desk/", views.desk, name="desk")]
