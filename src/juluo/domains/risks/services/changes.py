"""Take a risk in hand to change it: every service of this domain begins here."""

from juluo.domains.risks.models import Risk


class RiskIsClosed(Exception):
    """The risk occurred or was closed; it stands as it was."""


def open_risk(risk_id: int) -> Risk:
    """Return a risk that may still happen, locked for this transaction.

    :raises Risk.DoesNotExist: if there is no such risk.
    :raises RiskIsClosed: if it occurred or was closed.
    """
    risk = Risk.objects.select_for_update().get(pk=risk_id)
    if not risk.is_open:
        raise RiskIsClosed
    return risk
