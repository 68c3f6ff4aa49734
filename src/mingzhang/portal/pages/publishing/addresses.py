"""Addresses of publishing and of the published versions."""

from django.urls import path

from mingzhang.portal.pages.publishing import versions, views

urlpatterns = [
    path("e/<str:entity>/<int:year>/publishing/", views.overview, name="publishing"),
    path("e/<str:entity>/<int:year>/publishing/approval/", views.approval, name="publishing_approval"),
    path(
        "e/<str:entity>/<int:year>/publishing/confidentiality/",
        views.confidentiality,
        name="publishing_confidentiality",
    ),
    path("e/<str:entity>/<int:year>/publishing/prepare/", views.prepare, name="publishing_prepare"),
    path("e/<str:entity>/<int:year>/versions/", versions.listing, name="versions"),
    path(
        "e/<str:entity>/<int:year>/versions/<int:number>/<path:name>", versions.download, name="version_file"
    ),
]
