"""What happens to risks."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

RISKS: dict[str, Telling] = {
    "risks.risk_written": Telling(words=_("Wrote a risk down"), icon="alert-octagon"),
    "risks.risk_changed": Telling(words=_("Changed a risk"), icon="edit"),
    "risks.risk_scored": Telling(words=_("Scored a risk"), icon="scale"),
    "risks.risk_raised": Telling(words=_("An indicator raised a risk"), icon="trending-up"),
    "risks.risk_reviewed": Telling(words=_("Looked at a risk again"), icon="eye-check"),
    "risks.outcome_stated": Telling(
        words=_("Said whether a risk occurred"), icon="clipboard-check"
    ),
    "risks.risk_closed": Telling(words=_("Closed a risk"), icon="archive"),
    "risks.risk_reopened": Telling(words=_("Opened a risk again"), icon="arrow-back-up"),
    "risks.indicator_added": Telling(words=_("Added a leading indicator"), icon="gauge"),
    "risks.indicator_ended": Telling(words=_("Switched a leading indicator off"), icon="gauge"),
    "risks.indicator_fired": Telling(
        words=_("A leading indicator left its bounds"), icon="bell-ringing"
    ),
    "risks.indicator_calmed": Telling(
        words=_("A leading indicator is back within bounds"), icon="bell"
    ),
    "risks.mitigation_prepared": Telling(words=_("Prepared a response"), icon="umbrella"),
    "risks.mitigation_started": Telling(words=_("Started a response"), icon="player-play"),
    "risks.mitigation_dropped": Telling(words=_("Dropped a response"), icon="circle-x"),
    "risks.appetite_set": Telling(words=_("Set the appetite for risk"), icon="scale"),
}
