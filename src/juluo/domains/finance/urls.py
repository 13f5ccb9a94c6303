"""Addresses of the pages about money."""

from django.urls import path

from juluo.domains.finance.views import (
    budgets,
    effects,
    expenses,
    financing,
    lines,
    overview,
    revenue,
    settings,
)

app_name = "finance"
urlpatterns = [
    path("console/money/", overview.overview, name="overview"),
    # Budgets
    path("console/money/budgets/new/", budgets.add, name="add_budget"),
    path("console/money/budgets/<int:budget_id>/", budgets.page, name="budget"),
    path("console/money/budgets/<int:budget_id>/ask/", budgets.ask, name="ask"),
    path("console/money/budgets/<int:budget_id>/approve/", budgets.approve, name="approve_budget"),
    path("console/money/budgets/<int:budget_id>/versions/", budgets.versions, name="versions"),
    path("console/money/budgets/<int:budget_id>/effects/", effects.page, name="effects"),
    path("console/money/budgets/<int:budget_id>/lines/new/", lines.add, name="add_line"),
    path("console/money/plans/<int:plan_id>/budget/", budgets.of_plan, name="plan_budget"),
    path("console/money/plans/<int:plan_id>/budget/begin/", budgets.begin, name="begin_budget"),
    path(
        "console/money/plans/<int:plan_id>/financing/",
        budgets.financing_of_plan,
        name="plan_financing",
    ),
    path("console/money/effects/<int:indicator_id>/drop/", effects.drop, name="drop_indicator"),
    # Lines
    path("console/money/lines/<int:line_id>/", lines.page, name="line"),
    path("console/money/lines/<int:line_id>/edit/", lines.edit, name="edit_line"),
    path("console/money/lines/<int:line_id>/remove/", lines.remove, name="remove_line"),
    path("console/money/lines/<int:line_id>/lift/", lines.lift, name="lift"),
    path("console/money/lines/<int:line_id>/commit/", lines.commit, name="commit"),
    path(
        "console/money/commitments/<int:commitment_id>/cancel/",
        lines.cancel_commitment,
        name="cancel_commitment",
    ),
    # Expenses
    path("console/expenses/", expenses.listing, name="expenses"),
    path("console/expenses/new/", expenses.claim, name="claim"),
    path("console/expenses/<int:expense_id>/", expenses.page, name="expense"),
    path("console/expenses/<int:expense_id>/approve/", expenses.approve, name="approve"),
    path("console/expenses/<int:expense_id>/reject/", expenses.reject, name="reject"),
    path("console/expenses/<int:expense_id>/pay/", expenses.pay, name="pay"),
    path("console/expenses/<int:expense_id>/cancel/", expenses.cancel, name="cancel"),
    path("console/expenses/<int:expense_id>/reverse/", expenses.reverse_paid, name="reverse"),
    path("console/expenses/<int:expense_id>/receipts/", expenses.add_receipts, name="add_receipts"),
    path("console/expenses/receipts/<int:receipt_id>/", expenses.receipt, name="receipt"),
    # Financing and revenue
    path("console/money/financing/", financing.listing, name="financing"),
    path("console/money/financing/new/", financing.add, name="add_source"),
    path("console/money/financing/<int:source_id>/", financing.page, name="source"),
    path("console/money/financing/<int:source_id>/edit/", financing.edit, name="edit_source"),
    path("console/money/financing/<int:source_id>/stage/", financing.move, name="move_source"),
    path(
        "console/money/financing/<int:source_id>/tranches/",
        financing.add_tranche,
        name="add_tranche",
    ),
    path("console/money/tranches/<int:tranche_id>/", financing.receive, name="receive_tranche"),
    path("console/money/financing/<int:source_id>/duties/", financing.add_duty, name="add_duty"),
    path("console/money/duties/<int:duty_id>/done/", financing.fulfil, name="fulfil_duty"),
    path("console/money/revenue/", revenue.listing, name="revenue"),
    path("console/money/revenue/<int:entry_id>/", revenue.reconcile, name="reconcile"),
    path("console/money/revenue/<int:entry_id>/void/", revenue.void, name="void_revenue"),
    # The books
    path("console/money/lists/", settings.lists, name="lists"),
    path(
        "console/money/lists/<str:list_name>/<int:list_entry_id>/",
        settings.change_entry,
        name="change_entry",
    ),
    path("console/money/rules/", settings.rules, name="rules"),
    path("console/money/rules/currency/", settings.currency, name="currency"),
]
