"""Every operation of the API, under ``/api/v1/``."""

from ninja import NinjaAPI

from juluo.api import (
    chats,
    errors,
    evidence,
    expenses,
    explorer,
    figures,
    goals,
    improvement,
    money,
    plans,
    posts,
    private,
    profiles,
    reports,
    risks,
    schedule,
    spaces,
    talk,
    tasks,
    watching,
)
from juluo.api.authentication import Token

api = NinjaAPI(
    title="Juluo",
    version="1",
    description="Talk, chats, figures, plans and what steers them. Days are local days here.",
    auth=Token("console"),
    # The interactive page would load scripts that our content policy refuses; docs/reference/api.md
    # is made from the same description.
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
errors.install(api)
api.add_router("/metrics", figures.router)
api.add_router("/evidence", evidence.router)
api.add_router("/explorer", explorer.router)
api.add_router("/plans", plans.router)
api.add_router("/plans", schedule.router)
api.add_router("/goals", goals.router)
api.add_router("/tasks", tasks.router)
api.add_router("/money", money.router)
api.add_router("/money", expenses.router)
api.add_router("/risks", risks.router)
api.add_router("/reports", reports.router)
api.add_router("/actions", improvement.router)
api.add_router("", watching.router)
api.add_router("/spaces", spaces.router, auth=Token("talk"))
api.add_router("/posts", posts.router, auth=Token("talk"))
api.add_router("/talk", talk.router, auth=Token("talk"))
api.add_router("/chats", chats.router, auth=Token("chats"))
api.add_router("/private", private.router, auth=Token("private"))
api.add_router("", profiles.router, auth=Token("profile"))
