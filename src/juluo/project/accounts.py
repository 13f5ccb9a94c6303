"""How signing in works here: django-allauth with our limits, our log and our addresses."""

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from juluo.domains.community import queries as community
from juluo.domains.members import services
from juluo.domains.members.models import Member
from juluo.domains.members.services import Limit
from juluo.domains.moderation.views.authors import CLOSED
from juluo.lib.client_address import client_address

# In any hour at most 10 wrong tries for one account and 20 from one address.
WRONG_FOR_ACCOUNT = Limit(burst=8, per_hour=2)
WRONG_FROM_ADDRESS = Limit(burst=15, per_hour=5)
WRONG_CODES = Limit(burst=8, per_hour=2)
# A code counts once; it has long expired when the bucket refills.
ONE_USE = Limit(burst=1, per_hour=1)
# At most 2 an hour and 5 a day to one mailbox, 20 a day asked for from one address.
MAIL_TO_BOX = Limit(burst=2, per_hour=3 / 24)
MAIL_FROM_ADDRESS = Limit(burst=14, per_hour=6 / 24)
SIGN_UPS_FROM_ADDRESS = Limit(burst=10, per_hour=10)

# Mail that anyone can make us send to a stranger.
ASKED_FOR = (
    "account/email/password_reset_key",
    "account/email/unknown_account",
    "account/email/account_already_exists",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
)


class Site:
    """The community as mails name it."""

    def __init__(self) -> None:
        """Take the name from the community, the address from the settings, never from a request."""
        self.name = community.settings().name
        self.domain = urlsplit(settings.SITE_ADDRESS).netloc

    def __str__(self) -> str:
        return self.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Limits before hashing, events after signing in, links that point home."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address as we believe it."""
        return client_address(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth asks so
        """Whether strangers may make accounts."""
        return bool(settings.SIGN_UP_IS_OPEN)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try in the shared limiter before a password is hashed."""
        now = timezone.now()
        account = _key("account", str(credentials.get("email") or "").strip().lower())
        address = _key("address", self.get_client_ip(request))
        if not services.take(key=address, limit=WRONG_FROM_ADDRESS, at=now):
            raise self.validation_error("too_many_login_attempts")
        if not services.take(key=account, limit=WRONG_FOR_ACCOUNT, at=now):
            services.give_back(key=address, limit=WRONG_FROM_ADDRESS)
            raise self.validation_error("too_many_login_attempts")
        self._tried = ((account, WRONG_FOR_ACCOUNT), (address, WRONG_FROM_ADDRESS))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check a password; a right one is not counted as a try."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            for key, limit in self._tried:
                services.give_back(key=key, limit=limit)
        return user

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **details: Any
    ) -> HttpResponse:
        """Tell the log, and keep the language the member reads in."""
        services.record_sign_in(member_id=user.pk, at=timezone.now())
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen:
            services.choose_language(member_id=user.pk, language=chosen)
        response: HttpResponse = super().post_login(request, user, **details)
        return response

    def respond_user_inactive(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
    ) -> HttpResponse:
        """Send whoever gave the right password of a closed account to where it says why."""
        request.session[CLOSED] = user.pk
        return redirect("moderation:closed")

    def save_user(
        self,
        request: HttpRequest,
        user: Member,
        form: Form,
        commit: bool = True,  # noqa: FBT001, FBT002 - allauth's signature
    ) -> Member:
        """Make the member who signs up."""
        now = timezone.now()
        user.email = str(form.cleaned_data["email"]).strip().lower()
        user.display_name = form.cleaned_data["display_name"]
        user.language = request.LANGUAGE_CODE
        user.set_password(form.cleaned_data.get("password1"))
        return services.sign_up(draft=user, at=now) if commit else user

    def clean_email(self, email: str) -> str:
        """Return the address as we keep it, without case."""
        return str(super().clean_email(email)).strip().lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail whose links point to our own address, unless the mailbox had its share.

        Whoever asked sees the same page either way.
        """
        if template_prefix in ASKED_FOR and not self._may_mail(email, timezone.now()):
            return
        links = {name: _at_home(value) for name, value in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, {**context, **links, "current_site": Site()})

    def _may_mail(self, email: str, now: datetime) -> bool:
        address = _key("mail-from", self.get_client_ip(self.request))
        box = _key("mail-to", email.strip().lower())
        return services.take(key=address, limit=MAIL_FROM_ADDRESS, at=now) and services.take(
            key=box, limit=MAIL_TO_BOX, at=now
        )


def _key(kind: str, value: str) -> str:
    """Return a limiter's key: names and addresses are hashed, so the table tells nothing."""
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()[:40]}"


def _at_home(address: str) -> str:
    """Return the same address at our own host, whatever host the request claimed."""
    parts = urlsplit(address)
    home = urlsplit(settings.SITE_ADDRESS)
    return urlunsplit((home.scheme, home.netloc, parts.path, parts.query, parts.fragment))


def _check_code(form: Any, check: Any) -> str:
    """Count the try across processes and addresses, check the code, and let it count once."""
    now = timezone.now()
    key = f"code:{form.user.pk}"
    if not services.take(key=key, limit=WRONG_CODES, at=now):
        raise ValidationError(
            _("Too many wrong codes. Please try again later."), code="too_many_codes"
        )
    code: str = check()
    used = _key("used-code", f"{form.user.pk}:{code}")
    if not services.take(key=used, limit=ONE_USE, at=now):
        raise ValidationError(_("This code was used already. Please wait for the next one."))
    services.give_back(key=key, limit=WRONG_CODES)
    return code


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    def clean_code(self) -> str:
        """Return a right code that was not used before."""
        return _check_code(self, super().clean_code)


class SecondStepAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The second step, asked again before something delicate."""

    def clean_code(self) -> str:
        """Return a right code that was not used before."""
        return _check_code(self, super().clean_code)
