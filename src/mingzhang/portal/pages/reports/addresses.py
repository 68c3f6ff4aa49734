"""Addresses of published reports."""

from django.urls import path

from mingzhang.portal.pages.reports import files, views

urlpatterns = [
    path("reports/<str:entity>/<int:year>/", views.report, name="report"),
    path("reports/<str:entity>/<int:year>/v<int:version>/", views.report, name="report_version"),
    path(
        "reports/<str:entity>/<int:year>/v<int:version>/figures/<int:number>/",
        views.figure,
        name="report_figure",
    ),
    path("reports/<str:entity>/<int:year>/v<int:version>/files/<path:name>", files.one, name="report_file"),
    path(
        "reports/<str:entity>/<int:year>/v<int:version>/open-data.zip",
        files.package_of,
        name="report_package",
    ),
]
