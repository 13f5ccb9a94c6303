"""What may stand on a member's page."""

from urllib.parse import urlsplit

LONGEST_LINK = 300


def leads_to_a_page(link: str) -> bool:
    """Whether a link names a page of the web, and nothing else."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    is_page = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    return is_page and not parts.username and not parts.password
