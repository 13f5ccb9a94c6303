"""How a command ends."""

DONE = 0
REFUSED = 1
WRONG_USE = 2


class Refusal(Exception):
    """What was asked for cannot be done; the message says what, where and what to do."""
