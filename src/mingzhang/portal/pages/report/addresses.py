"""Addresses of the report."""

from django.urls import path

from mingzhang.portal.pages.report import accepting, files, views, words

urlpatterns = [
    path("e/<str:entity>/<int:year>/report/", views.draft, name="report_draft"),
    path("e/<str:entity>/<int:year>/report/words/", words.edit, name="report_words"),
    path("e/<str:entity>/<int:year>/report/audit/", views.audit, name="report_audit"),
    path("e/<str:entity>/<int:year>/report/audit/accept/", accepting.accept_one, name="report_accept"),
    path("e/<str:entity>/<int:year>/report/audit/revoke/", accepting.revoke_one, name="report_revoke"),
    path("e/<str:entity>/<int:year>/report/download/<str:kind>/", files.download, name="report_draft_file"),
]
