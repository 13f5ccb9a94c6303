"""The community's name, clock, language and colours."""

import re
from dataclasses import asdict
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings as installation
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juluo.domains.community import queries as community
from juluo.domains.community import services
from juluo.domains.members import permissions
from juluo.domains.members.services import audit
from juluo.lib.colours import contrast_on_white
from juluo.lib.pictures import MOST_BYTES, NotAPicture, drawn_anew
from juluo.ui.access import requires

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
# WCAG 2.2 asks for this of words as large as headings.
_LEAST_CONTRAST = 4.5


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
    accent = forms.CharField(
        initial="#1F4E79",
        label=gettext_lazy("Colour of documents"),
        help_text=gettext_lazy("Headings of reports and plans; dark enough to be read on white."),
        widget=forms.TextInput({"type": "color"}),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG or JPEG, on the first page of reports and plans."),
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)

    def clean_accent(self) -> str:
        """Return six hex digits; refuse what is hard to read on white."""
        found = _COLOUR.fullmatch(self.cleaned_data["accent"].strip())
        if not found:
            raise forms.ValidationError(_("Write a colour like #1F4E79."))
        colour = found[1].upper()
        if contrast_on_white(colour) < _LEAST_CONTRAST:
            raise forms.ValidationError(
                _("This colour is too light to be read on white. Choose a darker one.")
            )
        return colour

    def clean_logo(self) -> bytes:
        """Return the picture's bytes; refuse what is none."""
        given = self.cleaned_data["logo"]
        if not given:
            return b""
        picture: bytes = given.read(MOST_BYTES + 1)
        try:
            drawn_anew(picture, width=1, height=1)
        except NotAPicture:
            words = _("This is no PNG or JPEG picture of at most 5 MB that can be read.")
            raise forms.ValidationError(words) from None
        return picture


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_settings)
def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings and change them; who changed what is kept in the audit."""
    usual = asdict(community.settings())
    usual["accent"] = f"#{usual['accent']}"
    form = SettingsForm(request.POST or None, request.FILES or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        _change(request, form.cleaned_data)
        messages.success(request, _("The settings are changed."))
        return redirect("web:settings")
    status = 422 if form.errors else 200
    context = {"form": form, "has_logo": bool(community.logo())}
    return render(request, "web/settings.html", context, status=status)


@require_safe
@requires(permissions.can_see_console)
def logo(request: HttpRequest) -> HttpResponse:
    """Show the logo."""
    _ = request
    picture = community.logo()
    if not picture:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


@transaction.atomic
def _change(request: HttpRequest, values: dict[str, Any]) -> None:
    now = timezone.now()
    actor_id = request.user.pk
    picture, takes_away = values.pop("logo"), values.pop("no_logo")
    services.change(at=now, actor_id=actor_id, **values)
    if picture or takes_away:
        services.change_logo(picture=picture, at=now, actor_id=actor_id)
    details = {name: values[name] for name in ("timezone", "language", "rise_colour", "accent")}
    audit(actor_id=request.user.pk, action="community.changed", details=details, at=now)
