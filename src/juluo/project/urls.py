"""Every page's address, plugged together."""

from django.urls import URLPattern, URLResolver, include, path

from juluo.api.routes import api
from juluo.domains.members import views as members
from juluo.web import views as web

urlpatterns: list[URLPattern | URLResolver] = [
    path("", web.entrance, name="home"),
    path("language/", members.language, name="language"),
    path("", include("juluo.web.urls")),
    path("", include("juluo.importers.urls")),
    path("", include("juluo.domains.reporting.urls")),
    path("", include("juluo.domains.risks.urls")),
    path("", include("juluo.domains.finance.urls")),
    path("", include("juluo.domains.planning.urls")),
    path("", include("juluo.domains.insights.urls")),
    path("", include("juluo.domains.webhooks.urls")),
    path("", include("juluo.domains.search.urls")),
    path("", include("juluo.domains.notifications.urls")),
    path("", include("juluo.domains.members.urls")),
    path("", include("juluo.domains.discussions.urls")),
    path("", include("juluo.domains.moderation.urls")),
    path("", include("juluo.domains.messaging.urls")),
    path("", include("juluo.live.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
]

handler400 = "juluo.project.errors.bad_request"
handler403 = "juluo.project.errors.not_found"
handler404 = "juluo.project.errors.not_found"
handler500 = "juluo.project.errors.server_error"
