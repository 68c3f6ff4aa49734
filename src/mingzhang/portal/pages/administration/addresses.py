"""Addresses of administration."""

from django.urls import path

from mingzhang.portal.pages.administration import backups, organisation, people, reference, system, tokens

urlpatterns = [
    path("administration/people/", people.listing, name="people"),
    path("administration/people/<int:number>/", people.one, name="person"),
    path("administration/people/<int:number>/<str:step>/", people.take, name="person_step"),
    path("administration/organisation/", organisation.listing, name="organisation"),
    path("administration/organisation/new/", organisation.new, name="organisation_new"),
    path("administration/organisation/<str:code>/", organisation.one, name="organisation_one"),
    path("administration/system/", system.state, name="system"),
    path("administration/backup/", backups.listing, name="backup"),
    path("administration/backup/<str:name>", backups.download, name="backup_file"),
    path("tokens/", tokens.listing, name="tokens"),
    path("tokens/<int:number>/revoke/", tokens.revoke, name="token_revoke"),
    path("codes/", reference.codes, name="codes"),
    path("editions/", reference.editions, name="editions"),
    path("editions/<str:name>/", reference.edition, name="edition"),
]
