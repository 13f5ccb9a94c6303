"""Colours as six hex digits."""


def contrast_on_white(colour: str) -> float:
    """Return how well a colour is read on white, from 1 (not at all) to 21 (black).

    Source: relative luminance and contrast ratio of WCAG 2.2.
    """
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
