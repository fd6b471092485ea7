"""Addresses under which accounts are looked after."""

from django.urls import path, re_path

from linli.web.accounts import acts, people, proposals

app_name = "accounts"
urlpatterns = [
    path("", people.people_page, name="people"),
    path("new/", people.new_page, name="new"),
    path("proposals/", proposals.proposals_page, name="proposals"),
    re_path(
        r"^proposals/(?P<ref>[a-z0-9]{26})/(?P<decision>approve|refuse)/$",
        proposals.decide_page,
        name="decide",
    ),
    path("person/<str:username>/", people.person_page, name="person"),
    path("person/<str:username>/link/", acts.link_page, name="link"),
    path("person/<str:username>/post/", acts.post_page, name="post"),
    path("person/<str:username>/post/<int:number>/end/", acts.dismiss_page, name="dismiss"),
    path("person/<str:username>/<slug:act>/", acts.act_page, name="act"),
]
