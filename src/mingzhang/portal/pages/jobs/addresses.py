"""Addresses of jobs."""

from django.urls import path

from mingzhang.portal.pages.jobs import views

urlpatterns = [
    path("jobs/", views.listing, name="jobs"),
    path("jobs/<int:number>/", views.one, name="job"),
    path("jobs/<int:number>/progress/", views.progress, name="job_progress"),
    path("jobs/<int:number>/cancel/", views.stop, name="job_cancel"),
    path("jobs/<int:number>/problems/download/", views.problem_file, name="job_problems"),
]
