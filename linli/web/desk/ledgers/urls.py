"""Addresses of ledgers, below those of the desk."""

from django.urls import path, re_path

from linli.web.desk.ledgers import acts, drawing, exports, importing, lists, months, record, writing

REF = r"(?P<code>[a-z0-9_]+)/(?P<ref>[a-z2-7]{26}|[A-Z0-9]{1,6}-[0-9]+)/"
urlpatterns = [
    path("", lists.ledgers_page, name="ledgers"),
    path("<slug:code>/", lists.list_page, name="ledger"),
    path("<slug:code>/due/", lists.due_page, name="ledger-due"),
    path("<slug:code>/calendar/", months.calendar_page, name="ledger-calendar"),
    path("<slug:code>/map/", drawing.map_page, name="ledger-map"),
    path("<slug:code>/map/places/", drawing.places_file, name="ledger-places"),
    path("<slug:code>/new/", writing.new_page, name="ledger-new"),
    path("<slug:code>/import/", importing.import_page, name="ledger-import"),
    path("<slug:code>/import/template/", importing.template_file, name="ledger-template"),
    re_path(
        r"^(?P<code>[a-z0-9_]+)/export\.(?P<form>csv|xlsx)$",
        exports.export_file,
        name="ledger-export",
    ),
    re_path(rf"^{REF}$", record.record_page, name="record"),
    re_path(rf"^{REF}edit/$", writing.edit_page, name="record-edit"),
    re_path(rf"^{REF}photos/(?P<photo>[a-z2-7]+)/$", record.photo_page, name="record-photo"),
    re_path(rf"^{REF}(?P<act>[a-z0-9_-]+)/$", acts.act_page, name="record-act"),
]
