"""Name a fact from elsewhere, so that a repeat has the same name."""

import hashlib

LONGEST = 200


def outside_key(source: str, fact: str, *parts: object) -> str:
    """Return the log key of a fact, from its source, its kind and outside ids.

    Long keys end in a digest instead, so they always fit the log's column.
    """
    rest = "/".join(str(part) for part in parts)
    key = f"{source}:{fact}:{rest}"
    if len(key) <= LONGEST:
        return key
    digest = hashlib.blake2b(rest.encode(), digest_size=24).hexdigest()
    return f"{source}:{fact}:#{digest}"
