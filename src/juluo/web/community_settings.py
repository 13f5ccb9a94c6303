"""The community's name, clock, language and colours."""

from dataclasses import asdict
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings as installation
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from juluo.domains.community import queries as community
from juluo.domains.community import services
from juluo.domains.members import permissions
from juluo.domains.members.services import audit
from juluo.ui.access import requires


class SettingsForm(forms.Form):
    """Name, clock, language and the colour of a rise."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=lambda: [(name, name) for name in sorted(available_timezones())],
        help_text=gettext_lazy("Days, weeks and months of every figure are cut in this zone."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=installation.LANGUAGES,
        help_text=gettext_lazy("Of reports made on the command line, unless it says otherwise."),
    )
    rise_colour = forms.ChoiceField(
        label=gettext_lazy("Colour of good news"),
        choices=[
            ("green", gettext_lazy("Green, as in Europe and America")),
            ("red", gettext_lazy("Red, as on Chinese markets")),
        ],
        help_text=gettext_lazy("Arrow, sign and word say it as well."),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_settings)
def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings and change them; who changed what is kept in the audit."""
    form = SettingsForm(request.POST or None, initial=asdict(community.settings()))
    if request.method == "POST" and form.is_valid():
        _change(request, form.cleaned_data)
        messages.success(request, _("The settings are changed."))
        return redirect("web:settings")
    status = 422 if form.errors else 200
    return render(request, "web/settings.html", {"form": form}, status=status)


@transaction.atomic
def _change(request: HttpRequest, values: dict[str, Any]) -> None:
    now = timezone.now()
    services.change(at=now, actor_id=request.user.pk, **values)
    details = {name: values[name] for name in ("timezone", "language", "rise_colour")}
    audit(actor_id=request.user.pk, action="community.changed", details=details, at=now)
