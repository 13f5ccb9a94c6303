"""Movement between activity bands: who became more active, who less."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juluo.analytics.movement import FROM, TO, Movement, MovementAnswer
from juluo.domains.insights import queries
from juluo.domains.members import permissions
from juluo.lib import figures
from juluo.ui.access import requires
from juluo.web.explorer_tabs import explorer_tabs, save_address
from juluo.web.members_behind import Column, Listed, listed_page, offset_of, table_file
from juluo.web.study_form import StudyForm, with_days

USUAL_DAYS = 28


def movement_of(form: StudyForm) -> Movement:
    """Return what a valid form asks for: from the window's beginning to its end."""
    start, end = form.days
    log = queries.current_log()
    return Movement(before=start, after=end, timezone=log.timezone, filters=form.filters)


@require_safe
@requires(permissions.can_see_metrics)
def movement(request: HttpRequest) -> HttpResponse:
    """Show the matrix of bands, the flows, and the bands over time."""
    language = get_language() or "en"
    form = StudyForm(with_days(request.GET, usual_days=USUAL_DAYS))
    context: dict[str, Any] = {"form": form, "tabs": explorer_tabs("web:movement")}
    if not form.is_valid():
        return render(request, "web/movement.html", context, status=422)
    answer = queries.ask_movement(movement_of(form), log=queries.current_log(), now=timezone.now())
    if request.GET.get("format") == "csv":
        return _csv(request, answer)
    asked = answer.movement
    context |= {
        "found": queries.movement_shown(answer, language=language),
        "before": figures.day(asked.before, language=language),
        "after": figures.day(asked.after, language=language),
        "filters": queries.filter_words(asked.filters),
        "save_url": save_address("movement", form.asked()),
        "members_url": f"{reverse('web:movement_members')}?{urlencode(form.asked())}",
        "may_export": permissions.can_export_metrics(request.user),
    }
    return render(request, "web/movement.html", context)


def _csv(request: HttpRequest, answer: MovementAnswer) -> HttpResponse:
    if not permissions.can_export_metrics(request.user):
        raise Http404
    words, asked = queries.band_words(), answer.movement
    rows = [[words[since], words[to], members] for (since, to), members in answer.cells.items()]
    head = [_("Band before"), _("Band after"), _("Members")]
    return table_file(f"movement-{asked.before}-{asked.after}", head, sorted(rows))


@require_safe
@requires(permissions.can_see_metrics)
def movement_members(request: HttpRequest) -> HttpResponse:
    """List the members who stood in a band before, and in one after."""
    form = StudyForm(with_days(request.GET, usual_days=USUAL_DAYS))
    since, to = request.GET.get("from"), request.GET.get("to")
    if not form.is_valid() or (since and since not in FROM) or (to and to not in TO):
        raise Http404
    asked, words = movement_of(form), queries.band_words()

    def found(offset: int, limit: int) -> Any:
        return queries.members_of_movement(
            asked,
            log=queries.current_log(),
            now=timezone.now(),
            since=since or None,
            to=to or None,
            offset=offset,
            limit=limit,
        )

    title = _("From %(since)s to %(to)s contributions") % {
        "since": words[since] if since else _("any"),
        "to": words[to] if to else _("any"),
    }
    listed = Listed(
        key="movement",
        title=title,
        back=reverse("web:movement"),
        back_label=_("Movement"),
        columns=(
            Column("made_before", _("Contributions before"), "number"),
            Column("made_after", _("Contributions after"), "number"),
        ),
        filters=queries.filter_words(asked.filters),
    )
    return listed_page(request, listed, found, offset_of(request))
