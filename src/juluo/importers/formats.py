"""The formats that can be imported, by the name the command line uses."""

from collections.abc import Iterator
from types import ModuleType
from typing import Protocol, cast

from juluo.importers import discord, discourse, slack, stack_exchange
from juluo.importers.sources import Source
from juluo.importers.spool import Spool
from juluo.importers.stream import Item, Options


class Format(Protocol):
    """What the module of a format offers.

    ``LOCAL_TIMES`` says that some of its times have no zone, so that the caller's matters;
    ``SUFFIXES`` are the endings of the files a person may upload.
    """

    NAME: str
    TITLE: str
    SUFFIXES: tuple[str, ...]
    LOCAL_TIMES: bool

    def read(self, source: Source, options: Options, spool: Spool) -> Iterator[Item]:
        """Yield what an export holds, places and people before the talk that names them."""


def _formats(*modules: ModuleType) -> dict[str, Format]:
    return {cast(Format, module).NAME: cast(Format, module) for module in modules}


FORMATS = _formats(slack, stack_exchange, discourse, discord)
