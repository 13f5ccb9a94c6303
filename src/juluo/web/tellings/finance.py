"""What happens to money."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

FINANCE: dict[str, Telling] = {
    "finance.budget_made": Telling(words=_("Began a budget"), icon="wallet"),
    "finance.budget_line_added": Telling(words=_("Added a budget line"), icon="plus"),
    "finance.budget_line_changed": Telling(words=_("Changed a budget line"), icon="edit"),
    "finance.budget_line_removed": Telling(words=_("Took out a budget line"), icon="minus"),
    "finance.budget_approval_asked": Telling(
        words=_("Asked for a budget's approval"), icon="signature"
    ),
    "finance.budget_approved": Telling(words=_("Approved a budget"), icon="circle-check"),
    "finance.limit_lifted": Telling(words=_("Lifted a line's limit"), icon="arrow-up"),
    "finance.limit_neared": Telling(words=_("A line came near its limit"), icon="alert-triangle"),
    "finance.limit_held": Telling(words=_("A line's limit stopped something"), icon="player-stop"),
    "finance.money_committed": Telling(words=_("Committed money"), icon="lock"),
    "finance.commitment_cancelled": Telling(words=_("Cancelled a commitment"), icon="x"),
    "finance.expense_claimed": Telling(words=_("Handed in an expense"), icon="receipt"),
    "finance.expense_endorsed": Telling(
        words=_("Gave one of two approvals of an expense"), icon="check"
    ),
    "finance.expense_approved": Telling(words=_("Approved an expense"), icon="checks"),
    "finance.expense_rejected": Telling(words=_("Rejected an expense"), icon="ban"),
    "finance.expense_paid": Telling(words=_("Paid an expense"), icon="cash"),
    "finance.expense_cancelled": Telling(words=_("Cancelled an expense"), icon="x"),
    "finance.receipt_added": Telling(words=_("Added a receipt"), icon="paperclip"),
    "finance.source_added": Telling(words=_("Added a source of financing"), icon="pig-money"),
    "finance.source_changed": Telling(words=_("Changed a source of financing"), icon="edit"),
    "finance.source_moved": Telling(
        words=_("Moved a source of financing to another stage"), icon="route"
    ),
    "finance.tranche_received": Telling(words=_("Received a tranche"), icon="coins"),
    "finance.duty_done": Telling(words=_("Fulfilled a duty to a source"), icon="clipboard-check"),
    "finance.revenue_recorded": Telling(words=_("Recorded revenue"), icon="report-money"),
    "finance.revenue_reconciled": Telling(words=_("Reconciled revenue"), icon="scale"),
    "finance.revenue_voided": Telling(words=_("Voided an entry of revenue"), icon="trash"),
    "finance.list_changed": Telling(words=_("Changed a list of the books"), icon="list"),
    "finance.approval_rules_set": Telling(words=_("Set the approval rules"), icon="shield-check"),
    "finance.books_currency_chosen": Telling(
        words=_("Chose the currency of the books"), icon="coin"
    ),
    "finance.indicator_stated": Telling(
        words=_("Changed the stated benefits of a budget"), icon="target-arrow"
    ),
}
