"""Why something about a flag or a case could not be done."""


class NotThere(LookupError):
    """There is no such thing, or none that they may see."""


class NotAllowed(PermissionError):
    """They may see it, and may not do this with it."""


class NeedsConsent(Exception):
    """A private message is shown to moderators only if whoever flags it says so."""


class TooMany(Exception):
    """They did this too often lately."""


class TakenByOther(Exception):
    """Another moderator has the case in hand; ``name`` says who."""

    def __init__(self, name: str) -> None:
        """Keep whose it is."""
        super().__init__(name)
        self.name = name


class AlreadyDecided(Exception):
    """Somebody has decided meanwhile."""


class CannotBe(ValueError):
    """What was chosen makes no decision."""


class SaidNothing(ValueError):
    """Words are needed here."""
