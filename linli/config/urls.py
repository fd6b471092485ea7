"""Which page or API answers which address."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# In this order: the first that knows an address answers it.
PARTS = (
    ("", "linli.web.ui.urls"),
    ("accounts/", "allauth.urls"),
    ("", "linli.web.portal.urls"),
    ("-/users/", "linli.web.accounts.urls"),
    ("desk/", "linli.web.desk.urls"),
    ("cockpit/", "linli.web.cockpit.urls"),
    ("api/v1/", "linli.api.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module)) for prefix, module in PARTS if find_spec(module) is not None
]

handler400 = "linli.web.ui.pages.bad_request"
handler403 = handler404 = "linli.web.ui.pages.not_found"
handler500 = "linli.web.ui.pages.fault"
