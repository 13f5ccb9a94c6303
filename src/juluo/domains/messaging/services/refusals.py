"""Why something in chat groups or conversations could not be done."""


class NotThere(Exception):
    """What they ask for is not there, or not for them: both answer alike."""


class Unsendable(ValueError):
    """A message says something, and not more than a message holds."""


class MayNotWrite(Exception):
    """They are not in it, or it is closed."""


class TooMany(Exception):
    """They write faster than anyone reads."""


class TooSoon(Exception):
    """Slow mode: they wrote less than its seconds ago."""

    def __init__(self, seconds: int) -> None:
        """Keep how many seconds they have to wait."""
        super().__init__(seconds)
        self.seconds = seconds


class LastOwner(Exception):
    """A group with members keeps an owner."""


class DoesNotWishIt(Exception):
    """The other one takes no messages from them."""


class TooManyStrangers(Exception):
    """A new member has begun to write to as many strangers as a day allows."""


class TooLarge(Exception):
    """So many people make a chat group, not a conversation."""
