"""Addresses of pages of what is said in spaces."""

from django.urls import path

from juluo.domains.discussions import views

app_name = "discussions"
urlpatterns = [path("spaces/posts/<int:post_id>/", views.post, name="post")]
