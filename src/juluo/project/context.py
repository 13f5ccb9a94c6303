"""What every page's frame is told about the signed-in member."""

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def reminders(request: HttpRequest) -> dict[str, object]:
    """Return whether a member of staff still signs in without a second step."""

    def missing() -> bool:
        user = request.user
        return bool(user.is_authenticated and user.is_staff and not is_mfa_enabled(user))

    return {"second_factor_missing": SimpleLazyObject(missing)}
