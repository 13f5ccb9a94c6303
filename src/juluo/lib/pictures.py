"""Pictures that people bring: read with limits and drawn anew, so that only pixels come in."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

MOST_BYTES = 5_000_000
MOST_PIXELS = 20_000_000


class NotAPicture(ValueError):
    """The bytes are no PNG or JPEG that can be read whole, or too many."""


def drawn_anew(given: bytes, *, width: int, height: int) -> bytes:
    """Return a PNG or JPEG picture as PNG, shrunk to fit ``width`` × ``height`` pixels.

    Only pixels survive: no metadata, and nothing hidden behind or within the file.

    :raises NotAPicture: if it is none, is damaged, or has too many bytes or pixels.
    """
    from PIL import Image

    if len(given) > MOST_BYTES:
        raise NotAPicture("too many bytes")
    try:
        with warnings.catch_warnings(), _whole_pictures_only():
            warnings.simplefilter("error")
            with Image.open(BytesIO(given), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotAPicture("too many pixels")
                picture.load()
                shrunk = picture.convert("RGBA")
    except NotAPicture:
        raise
    except Exception as error:
        raise NotAPicture("cannot be read") from error
    shrunk.thumbnail((width, height))
    out = BytesIO()
    shrunk.save(out, "PNG", optimize=True)
    return out.getvalue()


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Refuse pictures that break off: WeasyPrint lets them through in the whole process."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
