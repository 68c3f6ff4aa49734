"""Addresses of audits."""

from django.urls import path

from mingzhang.portal.pages.audits import accepting, views

urlpatterns = [
    path("audits/", views.audits, name="audits"),
    path("audits/<int:number>/", views.result, name="audit_result"),
    path("audits/<int:number>/progress/", views.progress, name="audit_progress"),
    path("audits/<int:number>/cancel/", views.stop, name="audit_cancel"),
    path("audits/<int:number>/<str:file>/", views.file, name="audit_file"),
    path("audits/<int:number>/<str:file>/accept/", accepting.accept_one, name="audit_accept"),
    path("audits/<int:number>/<str:file>/revoke/", accepting.revoke_one, name="audit_revoke"),
    path("audits/<int:number>/<str:file>/pages/<str:page>/", views.page_picture, name="audit_picture"),
    path("audits/<int:number>/<str:file>/files/<str:place>/", views.take, name="audit_download"),
]
