"""Every page about money, as each kind of reader sees it; and one walk by hand."""

from tests.journeys.looks import in_each_look


def pages(ids):
    budget, line = f"/console/money/budgets/{ids['budget_id']}/", ids["line_id"]
    return [
        "/console/money/",
        "/console/money/budgets/new/",
        *(budget, f"{budget}versions/", f"{budget}effects/", f"{budget}lines/new/"),
        f"/console/money/lines/{line}/",
        f"/console/money/lines/{line}/edit/",
        f"/console/money/lines/{line}/commit/",
        *("/console/expenses/", "/console/expenses/new/"),
        f"/console/expenses/{ids['expense_id']}/",
        *("/console/money/financing/", "/console/money/financing/new/"),
        f"/console/money/financing/{ids['source_id']}/",
        f"/console/money/financing/{ids['source_id']}/edit/",
        f"/console/money/tranches/{ids['tranche_id']}/",
        "/console/money/revenue/",
        f"/console/money/revenue/{ids['entry_id']}/",
        *("/console/money/lists/", "/console/money/rules/"),
    ]


@in_each_look
def test_money_keeps_nobody_out(signed_in_page, community, look):
    watched = signed_in_page("owner", **look)
    assert watched.walk(pages(community.money)) == []


def test_an_expense_is_approved_and_paid_by_hand(signed_in_page, community):
    page = signed_in_page("owner").open(f"/console/expenses/{community.money['expense_id']}/")

    page.get_by_role("button", name="Approve").click()
    assert page.get_by_text("Your approval is kept.").is_visible()
    page.get_by_label("Payment reference").fill("BK-7")
    page.get_by_role("button", name="It is paid").click()

    assert page.get_by_text("The expense is paid.").is_visible()
    assert page.get_by_text("BK-7").is_visible()
