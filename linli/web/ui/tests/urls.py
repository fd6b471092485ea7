"""Addresses that fail on purpose, one for each kind of error."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from linli.kernel.errors import NotFound, NotPermitted, Rejected, Unavailable, WrongState

handler400 = "linli.web.ui.pages.bad_request"
handler403 = "linli.web.ui.pages.not_found"
handler404 = "linli.web.ui.pages.not_found"
handler500 = "linli.web.ui.pages.fault"

ERRORS: dict[str, Exception] = {
    "absent": NotFound(),
    "forbidden": NotPermitted("这件工单不归本单位办理。", "This case is not this unit's."),
    "absent-django": Http404("no such row"),
    "forbidden-django": PermissionDenied("not yours"),
    "moved-on": WrongState("这件工单已经转办，不能再派。", "This case has been dispatched."),
    "rejected": Rejected("电话少一位。", "The phone number is one digit short.", field="phone"),
    "down": Unavailable("短信平台没有回应。", "The text message service does not answer."),
    "fault": ZeroDivisionError("secret detail"),
}


def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise ERRORS[name]


urlpatterns = [
    path("", include("linli.web.ui.urls")),
    path("fail/<name>", fail),
]
