"""Addresses of casework. Pages of the whole come before those of a line."""

from django.urls import path

from mingzhang.portal.pages.casework import (
    attachments,
    calendar,
    changes,
    correcting,
    days,
    desk,
    documents,
    entry,
    exporting,
    grants,
    importing,
    listing,
    personal,
    posts,
    reads,
    record,
    returns,
    rules,
    statistics,
    steps,
)

_LINE = "casework/<str:line>/"
_KIND = f"{_LINE}records/<str:kind>/"
_RETURN = f"{_LINE}returns/<str:form>/<str:organisation>/<str:month>/"
_RECORD = f"{_KIND}<str:key>/"

urlpatterns = [
    path("casework/", desk.home, name="casework"),
    path("casework/rules/", rules.listing, name="casework_rules"),
    path("casework/rules/<str:rule>/", rules.one, name="casework_rule"),
    path("casework/changes/", changes.listing, name="casework_changes"),
    path("casework/changes/<int:number>/decide/", changes.decide, name="casework_change_decide"),
    path("casework/days/", days.days, name="casework_days"),
    path("casework/reads/", reads.listing, name="casework_reads"),
    path("casework/posts/", posts.listing, name="casework_posts"),
    path("casework/posts/<int:number>/end/", posts.end, name="casework_post_end"),
    path(_LINE, desk.of_line, name="casework_line"),
    path(f"{_LINE}calendar/", calendar.month, name="casework_calendar"),
    path(f"{_LINE}statistics/", statistics.overview, name="casework_statistics"),
    path(f"{_LINE}statistics/<str:metric>/", statistics.one, name="casework_figure"),
    path(f"{_LINE}statistics/<str:metric>/freeze/", statistics.freeze, name="casework_freeze"),
    path(f"{_LINE}statistics/<str:metric>/release/", statistics.release, name="casework_release"),
    path(f"{_LINE}returns/", returns.month, name="casework_returns"),
    path(_RETURN, returns.one, name="casework_return"),
    path(f"{_RETURN}evidence/<int:number>/", returns.evidence, name="casework_return_evidence"),
    path(f"{_RETURN}review/", returns.review, name="casework_return_review"),
    path(f"{_LINE}imports/", importing.overview, name="casework_imports"),
    path(f"{_LINE}imports/file/<str:kind>/<str:token>/", importing.mapping, name="casework_mapping"),
    path(f"{_LINE}imports/<int:number>/", importing.batch, name="casework_batch"),
    path(f"{_LINE}imports/<int:number>/rows/<int:row>/", importing.correct_row, name="casework_import_row"),
    path(f"{_KIND}export/", exporting.take, name="casework_export"),
    path(_KIND, listing.listing, name="casework_records"),
    path(f"{_KIND}new/", entry.new, name="casework_new"),
    path(_RECORD, record.one, name="casework_record"),
    path(f"{_RECORD}do/<str:action>/", steps.take, name="casework_step"),
    path(f"{_RECORD}draft/", steps.decide, name="casework_draft"),
    path(f"{_RECORD}correct/", correcting.correct_one, name="casework_correct"),
    path(f"{_RECORD}open/", personal.open_one, name="casework_open"),
    path(f"{_RECORD}documents/", documents.issue_one, name="casework_issue"),
    path(f"{_RECORD}documents/<int:number>/", documents.one, name="casework_document"),
    path(f"{_RECORD}documents/<int:number>/serve/", documents.serve_one, name="casework_serve"),
    path(f"{_RECORD}attachments/", attachments.add, name="casework_attach"),
    path(f"{_RECORD}attachments/<int:number>/", attachments.take, name="casework_attachment"),
    path(f"{_RECORD}attachments/<int:number>/remove/", attachments.remove, name="casework_detach"),
    path(f"{_RECORD}grants/", grants.give, name="casework_grant"),
    path(f"{_RECORD}grants/<int:number>/end/", grants.end, name="casework_grant_end"),
]
