"""Commitments and expenses: promising, claiming, deciding, paying."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from juluo.domains.finance.forms.amounts import AmountForm, choices_of, day_field, key_field
from juluo.domains.finance.models import Expense
from juluo.domains.finance.services import (
    LARGEST_BYTES,
    MOST_RECEIPTS,
    Claim,
    Promise,
    ReceiptFile,
    content_type_of,
)


class CommitmentForm(AmountForm):
    """What is promised to whom."""

    title = forms.CharField(label=_("What for"), max_length=200)
    payee = forms.CharField(label=_("Payee"), max_length=200, required=False)
    expected_on = day_field(label=_("Expected on"), required=False)
    form_key = key_field()
    field_order = ("title", "payee", "amount", "expected_on")

    def promise(self, line_id: int) -> Promise:
        """Return what a valid form promises on a line."""
        values = self.cleaned_data
        return Promise(
            line_id=line_id,
            title=values["title"],
            stated=self.stated,
            payee=values["payee"],
            expected_on=values["expected_on"],
        )


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ReceiptsField(forms.FileField):
    """Several files, each small enough and by its own bytes a receipt."""

    def __init__(self, **options: Any) -> None:
        """Take several files at once."""
        accept = "application/pdf,image/png,image/jpeg,image/webp"
        super().__init__(widget=_SeveralFiles(attrs={"accept": accept}), **options)

    def clean(self, data: Any, _initial: Any = None) -> list[ReceiptFile]:
        """Return the files with their bytes."""
        uploads = [each for each in data if each] if isinstance(data, (list, tuple)) else []
        if not uploads and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        if len(uploads) > MOST_RECEIPTS:
            message = ngettext_lazy(
                "At most %(count)d file.", "At most %(count)d files.", MOST_RECEIPTS
            )
            raise forms.ValidationError(message % {"count": MOST_RECEIPTS})
        return [self._read(each) for each in uploads]

    def _read(self, upload: "UploadedFile[Any]") -> ReceiptFile:
        name = upload.name or ""
        if (upload.size or 0) > LARGEST_BYTES:
            message = _("“%(name)s” is larger than %(size)d MB.")
            values = {"name": name[:100], "size": LARGEST_BYTES // 2**20}
            raise forms.ValidationError(message, params=values)
        content = upload.read()
        if content_type_of(content) is None:
            message = _("“%(name)s” is no PDF, PNG, JPEG or WebP file.")
            raise forms.ValidationError(message, params={"name": name[:100]})
        return ReceiptFile(name=name, content=content)


class ReceiptsForm(forms.Form):
    """Further receipts."""

    receipts = ReceiptsField(label=_("Receipts"))


class ClaimForm(AmountForm):
    """An expense as it is handed in. Only those who see money choose a line of a budget."""

    title = forms.CharField(label=_("What for"), max_length=200)
    category = forms.TypedChoiceField(label=_("Category"), coerce=int)
    payee = forms.CharField(
        label=_("Payee"), max_length=200, help_text=_("Who was paid, or is to be paid.")
    )
    spent_on = day_field(label=_("Spent on"))
    line = forms.TypedChoiceField(
        label=_("Budget line"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Whoever approves it can still choose."),
    )
    commitment = forms.TypedChoiceField(
        label=_("Commitment"), coerce=int, empty_value=None, required=False
    )
    closes_commitment = forms.BooleanField(
        label=_("This settles the commitment: release the rest"), required=False, initial=True
    )
    receipts = ReceiptsField(
        label=_("Receipts"),
        required=False,
        help_text=_("PDF, PNG, JPEG or WebP, up to 10 MB each."),
    )
    form_key = key_field()
    field_order = ("title", "category", "amount", "payee", "spent_on")

    def __init__(
        self,
        *args: Any,
        categories: Sequence[tuple[int, str]],
        lines: Sequence[tuple[int, str]] | None,
        commitments: Sequence[tuple[int, str]] = (),
        today: date,
        **options: Any,
    ) -> None:
        """Offer the categories, and to those who may see them the lines and commitments."""
        super().__init__(*args, **options)
        self.today = today
        self.fields["category"].choices = categories  # type: ignore[attr-defined]
        if lines is None:
            del self.fields["line"]
        else:
            self.fields["line"].choices = choices_of(lines, _("Not decided yet"))  # type: ignore[attr-defined]
        if not commitments:
            del self.fields["commitment"], self.fields["closes_commitment"]
        else:
            self.fields["commitment"].choices = choices_of(commitments, _("None"))  # type: ignore[attr-defined]

    def clean_spent_on(self) -> date:
        """Refuse days that have not come yet."""
        day: date = self.cleaned_data["spent_on"]
        if day > self.today:
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    @property
    def claim(self) -> Claim:
        """What a valid form claims."""
        values = self.cleaned_data
        return Claim(
            title=values["title"],
            category_id=values["category"],
            stated=self.stated,
            spent_on=values["spent_on"],
            payee=values["payee"],
            line_id=values.get("line"),
            commitment_id=values.get("commitment"),
            closes_commitment=values.get("closes_commitment", True),
        )


class DecisionForm(forms.Form):
    """What is decided about an expense."""

    line = forms.TypedChoiceField(
        label=_("Budget line"), coerce=int, empty_value=None, required=False
    )
    note = forms.CharField(label=_("Note"), max_length=1000, required=False)

    def __init__(self, *args: Any, lines: Sequence[tuple[int, str]], **options: Any) -> None:
        """Offer the lines that it may be put on."""
        super().__init__(*args, **options)
        self.fields["line"].choices = choices_of(lines, _("Choose a line"))  # type: ignore[attr-defined]


class PaymentForm(forms.Form):
    """How an expense was paid."""

    reference = forms.CharField(label=_("Payment reference"), max_length=100, required=False)


class ExpenseFilters(forms.Form):
    """How the list of expenses is narrowed; what makes no sense is left out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("State"), required=False)
    category = forms.TypedChoiceField(
        label=_("Category"), coerce=int, empty_value=None, required=False
    )
    budget = forms.TypedChoiceField(label=_("Budget"), coerce=int, empty_value=None, required=False)

    def __init__(
        self,
        *args: Any,
        categories: Sequence[tuple[int, str]],
        budgets: Sequence[tuple[int, str]] | None,
        **options: Any,
    ) -> None:
        """Offer what there is to narrow by."""
        super().__init__(*args, **options)
        self.fields["q"].widget.input_type = "search"
        pairs: dict[str, Sequence[tuple[Any, Any]]] = {
            "status": Expense.Status.choices,
            "category": categories,
            "budget": budgets or (),
        }
        for name, found in pairs.items():
            self.fields[name].choices = choices_of(found, _("All"))  # type: ignore[attr-defined]
        if budgets is None:
            del self.fields["budget"]

    def values(self) -> dict[str, Any]:
        """Return the filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
