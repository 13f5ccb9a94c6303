"""Input about imports, turned into clean values."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juluo.importers.formats import FORMATS
from juluo.importers.uploads import upload_limit


def _format_choices() -> list[tuple[str, str]]:
    return [(name, each.TITLE) for name, each in FORMATS.items()]


def _zone_choices() -> list[tuple[str, str]]:
    return [(zone, zone) for zone in sorted(available_timezones())]


class NewImportForm(forms.Form):
    """What to import and how to read it."""

    format = forms.ChoiceField(label=gettext_lazy("Made by"), choices=_format_choices)
    file = forms.FileField(
        label=gettext_lazy("Export"),
        help_text=gettext_lazy("The export as a zip, or a single JSON, XML, CSV or HTML file."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.json,.xml,.csv,.html,.htm"}),
    )
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone of local times"),
        choices=_zone_choices,
        help_text=gettext_lazy("Used only where the export gives times without a zone."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the community"),
        required=False,
        max_length=24,
        help_text=gettext_lazy("Needed only for a second community of the same kind."),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is too large or has another ending than exports of the format have."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > upload_limit():
            most = filesizeformat(upload_limit())
            raise forms.ValidationError(
                _("The file is larger than %(most)s. Import it on the command line.")
                % {"most": most}
            )
        chosen = FORMATS.get(self.cleaned_data.get("format", ""))
        if chosen and not (upload.name or "").lower().endswith(chosen.SUFFIXES):
            endings = ", ".join(chosen.SUFFIXES)
            raise forms.ValidationError(
                _("A %(title)s export ends in one of: %(endings)s")
                % {"title": chosen.TITLE, "endings": endings}
            )
        return upload

    def clean_timezone(self) -> ZoneInfo:
        """Return the zone."""
        return ZoneInfo(self.cleaned_data["timezone"])

    def clean(self) -> dict[str, Any]:
        """Return the values with a name that fits on one line."""
        values = super().clean() or {}
        values["name"] = " ".join(values.get("name", "").split())
        return values
