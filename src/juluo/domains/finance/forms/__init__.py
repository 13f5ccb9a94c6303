"""Input about money, turned into clean values."""

from juluo.domains.finance.forms.amounts import AmountField, AmountForm, new_form_key
from juluo.domains.finance.forms.budgets import (
    BudgetForm,
    EffectForm,
    IndicatorForm,
    LiftForm,
    LineForm,
    ReasonForm,
)
from juluo.domains.finance.forms.drawing import (
    ClaimForm,
    CommitmentForm,
    DecisionForm,
    ExpenseFilters,
    PaymentForm,
    ReceiptsForm,
)
from juluo.domains.finance.forms.financing import (
    DutyForm,
    ReceivedForm,
    SourceForm,
    StageForm,
    TrancheForm,
)
from juluo.domains.finance.forms.revenue import ReconcileForm, RevenueFilters, RevenueForm
from juluo.domains.finance.forms.settings import CurrencyForm, NameForm, RulesForm

__all__ = [
    "AmountField",
    "AmountForm",
    "BudgetForm",
    "ClaimForm",
    "CommitmentForm",
    "CurrencyForm",
    "DecisionForm",
    "DutyForm",
    "EffectForm",
    "ExpenseFilters",
    "IndicatorForm",
    "LiftForm",
    "LineForm",
    "NameForm",
    "PaymentForm",
    "ReasonForm",
    "ReceiptsForm",
    "ReceivedForm",
    "ReconcileForm",
    "RevenueFilters",
    "RevenueForm",
    "RulesForm",
    "SourceForm",
    "StageForm",
    "TrancheForm",
    "new_form_key",
]
