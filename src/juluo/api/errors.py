"""What the API answers when it cannot do as asked: always ``{"error": {"code", "message"}}``."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError

from juluo.domains.planning.services import PlanIsClosed


class ErrorBody(Schema):
    """A stable code, a sentence for people, and which fields are wrong."""

    code: str
    message: str
    fields: dict[str, str] = {}


class Problem(Schema):
    """The body of every answer that is not a success."""

    error: ErrorBody


class Forbidden(Exception):
    """Whoever calls may not do that."""


class TooMany(Exception):
    """Whoever calls has asked too often."""


class Refused(Exception):
    """What was asked for cannot be done as things stand; the message says why."""

    def __init__(self, message: str, *, code: str = "refused", **fields: str) -> None:
        super().__init__(message)
        self.code, self.fields = code, fields


@contextmanager
def refusals(words: Mapping[type[Exception], str]) -> Iterator[None]:
    """Answer what a service refuses with its words; the code is the refusal's name."""
    try:
        yield
    except tuple(words) as error:
        said = words[type(error)].format_map({"title": getattr(error, "title", "")})
        raise Refused(said, code=code_of(type(error))) from error


def code_of(refusal: type[Exception]) -> str:
    """Return a refusal's name as a code: ``LimitReached`` is ``limit_reached``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", refusal.__name__).lower()


def install(api: NinjaAPI) -> None:
    """Let the API answer in one form, whatever goes wrong."""

    def answer(
        request: HttpRequest,
        status: int,
        code: str,
        message: str,
        fields: dict[str, str] | None = None,
    ) -> HttpResponse:
        body: dict[str, Any] = {"code": code, "message": message, "fields": fields or {}}
        return api.create_response(request, {"error": body}, status=status)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, _error: Any) -> HttpResponse:
        words = "Send a valid key: Authorization: Bearer juluo_…"
        return answer(request, HTTPStatus.UNAUTHORIZED, "unauthenticated", words)

    @api.exception_handler(Forbidden)
    def forbidden(request: HttpRequest, error: Any) -> HttpResponse:
        words = str(error) or "Your role does not allow this."
        return answer(request, HTTPStatus.FORBIDDEN, "forbidden", words)

    @api.exception_handler(TooMany)
    def too_many(request: HttpRequest, _error: Any) -> HttpResponse:
        words = "Too many requests; wait a minute."
        response = answer(request, HTTPStatus.TOO_MANY_REQUESTS, "too_many", words)
        response.headers["Retry-After"] = "60"
        return response

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, _error: Any) -> HttpResponse:
        return answer(request, HTTPStatus.NOT_FOUND, "not_found", "There is no such thing.")

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return answer(request, status, error.code, str(error), error.fields)

    @api.exception_handler(PlanIsClosed)
    def closed(request: HttpRequest, _error: Any) -> HttpResponse:
        words = _("This plan is closed; nothing in it changes any more.")
        return answer(request, HTTPStatus.CONFLICT, code_of(PlanIsClosed), words)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        fields = {_place(each["loc"]): str(each["msg"]) for each in error.errors}
        words = "Some of what was sent makes no sense; see fields."
        return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", words, fields)


def _place(parts: Any) -> str:
    """Return ``from`` of ``("query", "from")``, or ``goal.title`` of a body's parts."""
    return ".".join(str(part) for part in parts[1:]) or str(parts[0])
