"""DiscordChatExporter's files: JSON, HTML and CSV, a channel in each (or a part of one)."""

from collections.abc import Iterator

from juluo.importers.discord import from_csv, from_html, from_json
from juluo.importers.discord.shared import Seen
from juluo.importers.sources import Source
from juluo.importers.spool import Spool
from juluo.importers.stream import Item, Options, Refused

NAME = "discord"
TITLE = "Discord"
SUFFIXES = (".zip", ".json", ".html", ".htm", ".csv")
# In HTML and old CSV; a message's id, where there is one, holds the exact moment.
LOCAL_TIMES = True

_READERS = {
    ".json": from_json.read,
    ".html": from_html.read,
    ".htm": from_html.read,
    ".csv": from_csv.read,
}


def read(source: Source, options: Options, spool: Spool) -> Iterator[Item]:
    """Yield what the files of DiscordChatExporter hold.

    :raises Refused: if there is no such file.
    """
    files = source.ending(*_READERS)
    if not files:
        raise Refused(
            f"{source.label}: no JSON, HTML or CSV files in it; was it made by DiscordChatExporter?"
        )
    seen = Seen(options=options, spool=spool)
    for name in files:
        ending = "." + name.lower().rpartition(".")[2]
        yield from _READERS[ending](source, name, seen)
