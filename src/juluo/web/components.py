"""The page that shows every component of the shared look."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from juluo.domains.members import permissions
from juluo.ui.access import requires


class ExampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("Shown to others."))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("a", gettext_lazy("First")), ("b", gettext_lazy("Second"))],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.BooleanField(label=gettext_lazy("Agreed"), required=False)


@require_safe
@requires(permissions.can_see_console)
def components(request: HttpRequest) -> HttpResponse:
    """Show all components with example values."""
    values = [3, 5, 4, 8, 7, 9, 12]
    days = [f"2025-03-{day:02}" for day in range(3, 10)]
    form = ExampleForm({"kind": "b"})
    form.is_valid()
    context = {
        "form": form,
        "filters": ExampleForm(),
        "now": timezone.now(),
        "yesterday": timezone.now() - timedelta(hours=20),
        "option": {
            "xAxis": {"type": "category", "data": days},
            "yAxis": {"type": "value"},
            "legend": {},
            "series": [
                {"name": _("Example"), "type": "line", "data": values},
                {"name": _("Before"), "type": "bar", "data": values[::-1]},
            ],
        },
        "columns": [
            {"label": _("Day")},
            {"label": _("Example"), "numeric": True},
            {"label": _("Before"), "numeric": True},
        ],
        "rows": list(zip(days, values, values[::-1], strict=True)),
        "tabs": [
            {"label": _("First"), "url": "?tab=first", "is_current": True, "count": 3},
            {"label": _("Second"), "url": "?tab=second", "is_current": False, "count": None},
        ],
        "crumbs": [{"label": _("Console"), "url": "/console/"}],
        "tones": ["secondary", "teal", "blue", "green", "orange", "red"],
    }
    return render(request, "web/components.html", context)
