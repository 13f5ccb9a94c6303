"""Addresses of pages about members."""

from django.urls import path

from juluo.domains.members import views

app_name = "members"
urlpatterns = [
    path("console/members/", views.listing, name="list"),
    path("console/members/who/", views.who, name="who"),
    path("console/members/new/", views.add, name="add"),
    path("console/members/<int:member_id>/role/", views.change_role, name="change_role"),
    path("console/members/<int:member_id>/kind/", views.change_kind, name="change_kind"),
    path("console/members/<int:member_id>/suspend/", views.suspend, name="suspend"),
    path("console/members/<int:member_id>/reinstate/", views.reinstate, name="reinstate"),
    path("console/audit/", views.audit, name="audit"),
    path("guidelines/", views.guidelines, name="guidelines"),
    path("guidelines/<int:number>/", views.guidelines, name="guidelines_version"),
    path("guidelines/accept/", views.accept_guidelines, name="accept_guidelines"),
    path("console/guidelines/", views.guideline_standing, name="guideline_standing"),
    path("console/guidelines/new/", views.new_guidelines, name="new_guidelines"),
    path("console/guidelines/remind/", views.remind_of_guidelines, name="remind_of_guidelines"),
    path("members/<int:member_id>/", views.profile, name="profile"),
    path("members/<int:member_id>/tidy/", views.tidy, name="tidy"),
    path("members/<int:member_id>/<slug:picture>.png", views.picture, name="picture"),
    path("accounts/profile/", views.edit_profile, name="edit_profile"),
    path("accounts/about-me/", views.about_me, name="about_me"),
    path("accounts/about-me/take-back/", views.take_back, name="take_back"),
    path("accounts/sessions/<int:session_id>/end/", views.end_session, name="end_session"),
    path("accounts/keys/", views.api_tokens, name="api_tokens"),
    path("accounts/keys/<int:token_id>/end/", views.revoke_token, name="revoke_token"),
]
