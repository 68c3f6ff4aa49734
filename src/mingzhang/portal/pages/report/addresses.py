"""Addresses of the report."""

from django.urls import path

from mingzhang.portal.pages.report import files, views, words

urlpatterns = [
    path("e/<str:entity>/<int:year>/report/", views.draft, name="report_draft"),
    path("e/<str:entity>/<int:year>/report/words/", words.edit, name="report_words"),
    path("e/<str:entity>/<int:year>/report/audit/", views.audit, name="report_audit"),
    path("e/<str:entity>/<int:year>/report/download/<str:kind>/", files.download, name="report_draft_file"),
]
