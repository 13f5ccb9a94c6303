"""Why something about money could not be done."""


class NotAllowed(Exception):
    """Whoever asked may not do that."""


class WrongState(Exception):
    """What was asked does not follow from the state things are in."""


class ReasonMissing(ValueError):
    """What was asked for needs a reason."""


class LimitReached(Exception):
    """A budget line holds less than this would take from it."""

    def __init__(self, line_id: int, title: str) -> None:
        """Keep which line refused."""
        super().__init__(title)
        self.line_id = line_id
        self.title = title


class BelowDrawn(Exception):
    """A line cannot be approved at less than what has already been drawn from it."""

    def __init__(self, title: str) -> None:
        """Keep which line it is."""
        super().__init__(title)
        self.title = title


class NothingToApprove(Exception):
    """The budget has no lines, or nothing changed since it was approved."""


class MonthOutside(ValueError):
    """The line's month is not one of the budget's."""


class LineMissing(ValueError):
    """An expense is approved on a budget line; this one has none."""


class AlreadyDecided(Exception):
    """The person has decided about the expense before."""


class OwnerNeeded(Exception):
    """The amount needs an owner's approval."""


class AlreadyReversed(Exception):
    """The expense is being taken back, or was."""


class BooksInUse(Exception):
    """The books hold money already; their currency stays."""


class OtherCurrency(ValueError):
    """The amount is not counted in the books' currency."""


class BadReceipt(ValueError):
    """The file is too large, or none of the types that receipts have."""


class NameTaken(ValueError):
    """Another entry of the list has this name."""


class LastEntry(Exception):
    """A list keeps at least one entry in use."""
