"""The words for every type of event; one module for each kind of happening."""

from juluo.web.tellings.finance import FINANCE
from juluo.web.tellings.insights import INSIGHTS
from juluo.web.tellings.moderation import MODERATION
from juluo.web.tellings.people import PEOPLE
from juluo.web.tellings.planning import PLANNING
from juluo.web.tellings.reporting import REPORTING
from juluo.web.tellings.risks import RISKS
from juluo.web.tellings.schedule import SCHEDULE
from juluo.web.tellings.talk import TALK
from juluo.web.tellings.telling import Telling
from juluo.web.tellings.webhooks import WEBHOOKS

TELLINGS = (
    PEOPLE
    | TALK
    | MODERATION
    | PLANNING
    | SCHEDULE
    | FINANCE
    | RISKS
    | INSIGHTS
    | REPORTING
    | WEBHOOKS
)

__all__ = ["TELLINGS", "Telling"]
