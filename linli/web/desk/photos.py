"""Photographs of a case: seen by whoever sees the case, added by whoever works on it.

Serves: R109.
"""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.domain.access.selectors import may_on
from linli.domain.attachments.selectors import photo_for, photos_of
from linli.domain.attachments.services import add_photos
from linli.domain.cases.selectors import case_for
from linli.domain.cases.services import note_look
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError
from linli.kernel.ids import public_id
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.photos import PhotosField, photo_answer, small_photos


class AddForm(LinliForm):
    """What the office has to show."""

    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)
    photos = PhotosField(
        label=_("照片"), help_text=_("JPEG、PNG 或 WebP；照片里的位置、时间和机型不会保留")
    )
    is_public = forms.BooleanField(
        label=_("给诉求人看"),
        required=False,
        help_text=_("不勾选的只有办理人员能看到；勾选前确认没有拍到别人"),
    )


@staff_page
@require_http_methods(["GET", "POST"])
def photos_page(request: HttpRequest, ref: str) -> HttpResponse:
    """All photographs of a case, and the form that adds some."""
    actor, now = actor_of(request), utc_now()
    case = case_for(actor, ref)
    form = AddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            add_photos(
                case.public_id,
                said["photos"],
                is_public=said["is_public"],
                actor=actor,
                at=now,
                key=f"photos:{said['key']}",
            )
        except LinliError as error:
            form.refuse(error, "photos")
        else:
            return HttpResponseRedirect(reverse("desk:photos", args=[case.public_id]))
    shown: dict[str, object] = {"case": case, "now": now}
    shown["form"] = form if may_on(actor, "case.note", case) else None
    with transaction.atomic():
        note_look(case, actor=actor, at=now, fields=("title", "photos"))
        shown["photos"] = list(small_photos(photos_of(case)))
    return render(request, "desk/photos.html", shown, status=422 if form.errors else 200)


@staff_page
@require_GET
@transaction.atomic
def photo_page(request: HttpRequest, ref: str, photo: str) -> HttpResponse:
    """One photograph, large; that it was looked at is written down with it."""
    actor = actor_of(request)
    case, found = photo_for(actor, ref, photo)
    note_look(case, actor=actor, at=utc_now(), fields=("photos",))
    return photo_answer(found)
