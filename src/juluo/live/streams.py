"""The open streams of this process, and who is told what."""

import asyncio
import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from types import FrameType
from typing import Any

from juluo.live.reader import Reader
from juluo.live.signals import EVERYBODY, RIGHTS, Told

# A page that does not listen for a while is told each topic once.
MOST_WAITING = 200
STREAMS_OF_A_MEMBER = 6
READY_SECONDS = 5.0


class Stream:
    """One open page: what it listens to, and what it has not been told yet.

    Told from the reader's thread, read in the event loop; it never holds more than
    ``MOST_WAITING`` signals, however slow the page.
    """

    def __init__(self, *, member_id: int, topics: Iterable[str]) -> None:
        self.member_id = member_id
        self.topics = frozenset(topics)
        self.is_resting = False
        self.is_over = False
        self._waiting: list[Told] = []
        self._replayed: set[int] = set()
        self._must_ask = False
        self._lock = threading.Lock()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def replay(self, missed: Sequence[Told]) -> None:
        """Put first what the page missed; what the reader tells of it again is left out."""
        with self._lock:
            self._replayed = {each.place for each in missed}
            later = [each for each in self._waiting if each.place not in self._replayed]
            self._waiting = _kept([*missed, *later])
        self._wake()

    def receive(self, told: Iterable[Told]) -> None:
        """Take in signals on topics of this stream."""
        with self._lock:
            fresh = [each for each in told if each.place not in self._replayed]
            self._waiting = _kept([*self._waiting, *fresh])
        self._wake()

    def ask_again(self) -> None:
        """Let the stream find out what its member may still hear."""
        self._must_ask = True
        self._wake()

    def rest(self) -> None:
        """End the stream: its member has opened newer ones."""
        self.is_resting = True
        self._wake()

    def end(self) -> None:
        """End the stream: the server stops, and the page will look for it again."""
        self.is_over = True
        self._wake()

    async def next(self, *, seconds: float) -> list[Told]:
        """Return what there is to tell, after at most so long; nothing means: look around."""
        self._loop = asyncio.get_running_loop()
        end = self._loop.time() + seconds
        # Woken for what was told already, it goes on waiting: looking around costs the database.
        while not (self._waiting or self._must_ask or self.is_resting or self.is_over):
            try:
                await asyncio.wait_for(self._woken.wait(), end - self._loop.time())
            except TimeoutError:
                return []
            self._woken.clear()
        if self._must_ask:
            self._must_ask = False
            return []
        with self._lock:
            told, self._waiting = self._waiting, []
        return [each for each in told if each.topic in self.topics]

    def _wake(self) -> None:
        loop = self._loop
        if loop is None:
            self._woken.set()
        elif not loop.is_closed():
            loop.call_soon_threadsafe(self._woken.set)


def _kept(told: list[Told]) -> list[Told]:
    if len(told) <= MOST_WAITING:
        return told
    newest = {each.topic: each for each in told}
    return sorted(newest.values(), key=lambda each: each.place)


class Hub:
    """Knows every stream of the process; its reader runs while there is one."""

    def __init__(self) -> None:
        # A signal handler may need it while the same thread holds it.
        self._lock = threading.RLock()
        self._by_topic: dict[str, set[Stream]] = defaultdict(set)
        self._by_member: dict[int, list[Stream]] = defaultdict(list)
        self._reader: Reader | None = None

    def __len__(self) -> int:
        return sum(len(streams) for streams in self._by_member.values())

    def join(self, stream: Stream) -> bool:
        """Let a stream be told from now on; return whether nothing can be missed any more."""
        with self._lock:
            own = self._by_member[stream.member_id]
            for oldest in own[: max(len(own) + 1 - STREAMS_OF_A_MEMBER, 0)]:
                oldest.rest()
            own.append(stream)
            for topic in self._topics(stream):
                self._by_topic[topic].add(stream)
            if self._reader is None:
                self._reader = Reader(self.tell)
                self._reader.start()
            reader = self._reader
        return reader.wait_until_ready(READY_SECONDS)

    def leave(self, stream: Stream) -> None:
        """Forget a stream; the last one's going stops the reader."""
        with self._lock:
            own = self._by_member[stream.member_id]
            if stream in own:
                own.remove(stream)
            if not own:
                del self._by_member[stream.member_id]
            self._no_longer(stream, self._topics(stream))
            reader = None if self._by_member else self._reader
            self._reader = self._reader if self._by_member else None
        if reader is not None:
            # In a thread: the reader may be waiting for the database, the event loop must not.
            threading.Thread(target=reader.stop, daemon=True).start()

    def narrow(self, stream: Stream, topics: frozenset[str]) -> None:
        """Tell a stream of nothing but these topics from now on."""
        with self._lock:
            self._no_longer(stream, stream.topics - topics)
            stream.topics = topics

    def _no_longer(self, stream: Stream, topics: frozenset[str]) -> None:
        for topic in topics & self._by_topic.keys():
            self._by_topic[topic].discard(stream)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    def tell(self, told: Sequence[Told]) -> None:
        """Hand signals to the streams that listen."""
        for stream, its in self._sorted(told).items():
            stream.receive(each for each in its if not each.topic.startswith(f"{RIGHTS}:"))
            if any(each.topic.startswith(f"{RIGHTS}:") for each in its):
                stream.ask_again()

    def end_all(self) -> None:
        """End every stream."""
        with self._lock:
            streams = [stream for own in self._by_member.values() for stream in own]
        for stream in streams:
            stream.end()

    def _sorted(self, told: Sequence[Told]) -> dict[Stream, list[Told]]:
        found: dict[Stream, list[Told]] = defaultdict(list)
        with self._lock:
            for each in told:
                for stream in self._by_topic.get(each.topic, ()):
                    found[stream].append(each)
        return found

    @staticmethod
    def _topics(stream: Stream) -> frozenset[str]:
        return stream.topics | {f"{RIGHTS}:{stream.member_id}", f"{RIGHTS}:{EVERYBODY}"}


HUB = Hub()


def end_with_the_server() -> None:
    """End the streams when the server is told to stop, which would else wait for them in vain.

    Only where the event loop has the main thread, as under uvicorn: there signals arrive.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if callable(before) and not isinstance(before, _Ending):
            signal.signal(number, _Ending(before))


class _Ending:
    """Ends the streams, then does what was to be done."""

    def __init__(self, before: Callable[[int, Any], Any]) -> None:
        self._before = before

    def __call__(self, number: int, frame: FrameType | None) -> None:
        HUB.end_all()
        self._before(number, frame)
