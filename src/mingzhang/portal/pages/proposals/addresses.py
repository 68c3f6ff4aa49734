"""Addresses of proposals."""

from django.urls import path

from mingzhang.portal.pages.proposals import views

urlpatterns = [
    path("proposals/", views.listing, name="proposals"),
    path("proposals/<int:number>/", views.one, name="proposal"),
    path("proposals/<int:number>/progress/", views.progress, name="proposal_progress"),
    path("proposals/<int:number>/<str:step>/", views.take, name="proposal_step"),
]
