"""Addresses of casework. Pages of the whole come before those of a line."""

from django.urls import path

from mingzhang.portal.pages.casework import (
    attachments,
    calendar,
    correcting,
    days,
    desk,
    documents,
    entry,
    listing,
    personal,
    posts,
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
    path("casework/days/", days.days, name="casework_days"),
    path("casework/posts/", posts.listing, name="casework_posts"),
    path("casework/posts/<int:number>/end/", posts.end, name="casework_post_end"),
    path(_LINE, desk.of_line, name="casework_line"),
    path(f"{_LINE}calendar/", calendar.month, name="casework_calendar"),
    path(f"{_LINE}statistics/", statistics.overview, name="casework_statistics"),
    path(f"{_LINE}statistics/<str:metric>/", statistics.one, name="casework_figure"),
    path(f"{_LINE}statistics/<str:metric>/freeze/", statistics.freeze, name="casework_freeze"),
    path(f"{_LINE}returns/", returns.month, name="casework_returns"),
    path(_RETURN, returns.one, name="casework_return"),
    path(f"{_RETURN}review/", returns.review, name="casework_return_review"),
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
]
