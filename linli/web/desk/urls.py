"""Addresses of the desk."""

from django.urls import path, re_path

from linli.web.desk import (
    access,
    acting,
    asking,
    figures,
    intake,
    jobs,
    journal,
    lists,
    notices,
    opening,
    openings,
    pages,
    person,
    photos,
    renditions,
    retention,
    standards,
)
from linli.web.desk.drafting import pages as drafting

app_name = "desk"
urlpatterns = [
    path("", lists.inbox_page, name="inbox"),
    path("new/", intake.intake_page, name="intake"),
    path("new/suggest/", intake.suggestions_part, name="intake-suggest"),
    path("new/done/", intake.done_page, name="intake-done"),
    path("open/", opening.kinds_page, name="open"),
    path("open/<slug:standard>/", opening.open_page, name="open-kind"),
    path("cases/", lists.cases_page, name="cases"),
    path("cases/export/", lists.export_file, name="export"),
    path("notices/", notices.notices_page, name="notices"),
    path("statements/", renditions.renditions_page, name="renditions"),
    path("statements/<str:ref>/", renditions.rendition_page, name="rendition"),
    path("openings/", openings.openings_page, name="openings"),
    path("openings/ask/", asking.ask_page, name="opening-ask"),
    re_path(
        r"^openings/(?P<ref>[a-z2-7]{26})/(?P<decision>approve|refuse|end)/$",
        openings.decide_page,
        name="opening-decide",
    ),
    path("overdue/", lists.overdue_page, name="overdue"),
    path("access/", access.access_page, name="access"),
    path("figures/", figures.figures_page, name="figures"),
    path("figures/<str:ref>/", figures.release_page, name="release"),
    path("jobs/", jobs.jobs_page, name="jobs"),
    path("audit/", journal.journal_page, name="journal"),
    path("drafts/", drafting.drafts_page, name="drafts"),
    path("drafts/<str:ref>/", drafting.draft_page, name="draft"),
    path("drafts/<str:ref>/<slug:area>/<path:code>/", drafting.entry_page, name="draft-entry"),
    path("retention/", retention.retention_page, name="retention"),
    path("standards/", standards.standards_page, name="standards"),
    path("standards/<slug:code>/", standards.standard_page, name="standard"),
    re_path(
        r"^standards/(?P<code>[a-z0-9_]+)/process\.(?P<form>bpmn|svg)$",
        standards.standard_file,
        name="standard-file",
    ),
    path("cases/<str:ref>/", pages.case_page, name="case"),
    path("cases/<str:ref>/person/", person.person_page, name="person"),
    path("cases/<str:ref>/photos/", photos.photos_page, name="photos"),
    path("cases/<str:ref>/photos/<slug:photo>/", photos.photo_page, name="photo"),
    path("cases/<str:ref>/<slug:act>/", acting.act_page, name="act"),
]
