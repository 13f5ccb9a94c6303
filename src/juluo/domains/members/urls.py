"""Addresses of pages about members."""

from django.urls import path

from juluo.domains.members import views

app_name = "members"
urlpatterns = [
    path("console/members/", views.listing, name="list"),
    path("console/members/new/", views.add, name="add"),
    path("console/members/<int:member_id>/role/", views.change_role, name="change_role"),
    path("console/members/<int:member_id>/kind/", views.change_kind, name="change_kind"),
    path("console/members/<int:member_id>/suspend/", views.suspend, name="suspend"),
    path("console/members/<int:member_id>/reinstate/", views.reinstate, name="reinstate"),
    path("console/audit/", views.audit, name="audit"),
    path("accounts/sessions/<int:session_id>/end/", views.end_session, name="end_session"),
    path("accounts/keys/", views.api_tokens, name="api_tokens"),
    path("accounts/keys/<int:token_id>/end/", views.revoke_token, name="revoke_token"),
]
