"""A load generator for one process: requests go out when they are due, whatever became of those before (open loop).

The time of an answer counts from when its request was due and not from when it was sent, so that a server that stands
still is charged for all who wait meanwhile (no coordinated omission). Connections are kept open and used again.
"""

import asyncio
import gc
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PATIENCE = 20.0
"""Seconds after the last request in which an answer still counts as one."""
NO_ANSWER = 0
"""Stands for the status of a request that got none."""


@dataclass(slots=True)
class Shot:
    """A request in bytes, when it is due in seconds from the start, and what kind of work it is.

    `then` makes of the whole answer the request that follows, such as a form of the page it fetches, and None where
    none does; its time counts from when the first one was due. `wait` says how many seconds later it is sent.
    """

    due: float
    kind: str
    request: bytes
    then: "Callable[[bytes], Shot | None] | None" = None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """What became of a request: its kind, when it was due, milliseconds from then to the answer, and the status."""

    kind: str
    due: float
    milliseconds: float
    status: int


@dataclass
class Volley:
    """What became of many requests, and what sending them cost."""

    hits: list[Hit] = field(default_factory=list)
    latest: float = 0.0
    """Milliseconds by which the generator itself was late at the most."""
    own_share: float = 0.0
    """Of one core, that the generator used."""
    seconds: float = 0.0
    """Until the last answer."""
    connections: int = 0
    resent: int = 0
    """Requests that met a connection which the server was closing as idle; a browser, too, sends such a one again."""


def fire(port: int, shots: Sequence[Shot], connections: int, patience: float = PATIENCE, meanwhile: str = "") -> Volley:
    """Send all, over so many connections at the most, and wait for the answers.

    Requests of the kind `meanwhile` are sent only until all others are answered.
    """
    gc.collect()
    gc.disable()
    try:
        return asyncio.run(_fire(port, shots, connections, patience, meanwhile))
    finally:
        gc.enable()


async def _fire(port: int, shots: Sequence[Shot], connections: int, patience: float, meanwhile: str) -> Volley:
    battery = _Battery(port, sorted(shots, key=lambda shot: shot.due), connections, meanwhile)
    start, spent = time.perf_counter(), time.process_time()
    await battery.fire(patience)
    volley = battery.volley
    volley.seconds = time.perf_counter() - start
    volley.own_share = (time.process_time() - spent) / volley.seconds
    return volley


class _Battery:
    """Sends what is due, on a free connection, a new one, or the next that becomes free."""

    def __init__(self, port: int, shots: Sequence[Shot], connections: int, meanwhile: str) -> None:
        self.volley = Volley()
        self._port, self._shots, self._most, self._meanwhile = port, shots, connections, meanwhile
        self._loop = asyncio.get_running_loop()
        self._next = 0
        self._left = sum(shot.kind != meanwhile for shot in shots)
        self._lines: set[_Line] = set()
        self._free: list[_Line] = []
        self._waiting: deque[Shot] = deque()
        self._done = self._loop.create_future()
        self._opening: set[asyncio.Task[None]] = set()
        self._start = self._loop.time()

    async def fire(self, patience: float) -> None:
        if not self._left:
            return
        self._tick()
        last = max(shot.due for shot in self._shots if shot.kind != self._meanwhile)
        try:
            await asyncio.wait_for(self._done, last + patience)
        except TimeoutError:
            self.volley.hits += [Hit("unanswered", last, patience * 1000, NO_ANSWER)] * self._left
        for task in self._opening:
            task.cancel()
        for line in tuple(self._lines):
            line.close()
        await asyncio.sleep(0)  # for the connections to end before the loop does

    def _tick(self) -> None:
        if self._done.done():
            return
        now = self._loop.time() - self._start
        while self._next < len(self._shots) and self._shots[self._next].due <= now:
            shot = self._shots[self._next]
            self._next += 1
            self.volley.latest = max(self.volley.latest, 1000 * (now - shot.due))
            self._send(shot)
        if self._next < len(self._shots):
            self._loop.call_at(self._start + self._shots[self._next].due, self._tick)

    def _send(self, shot: Shot) -> None:
        if self._free:
            self._free.pop().send(shot)
            return
        self._waiting.append(shot)
        if self.volley.connections < self._most:
            self.volley.connections += 1
            task = self._loop.create_task(self._open())
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    async def _open(self) -> None:
        try:
            _transport, line = await self._loop.create_connection(lambda: _Line(self), "127.0.0.1", self._port)
        except OSError:
            self.volley.connections -= 1
            if self._waiting:
                self.answered(self._waiting.popleft(), NO_ANSWER, b"")
        else:
            self._lines.add(line)
            self.free(line)

    def free(self, line: "_Line") -> None:
        """A connection can take another request."""
        if self._waiting:
            line.send(self._waiting.popleft())
        else:
            self._free.append(line)

    def lost(self, line: "_Line") -> None:
        """The server has closed a connection."""
        self.volley.connections -= 1
        self._lines.discard(line)
        if line in self._free:
            self._free.remove(line)

    def resend(self, shot: Shot) -> None:
        """A request was sent on a connection that has ended before it was read."""
        self.volley.resent += 1
        self._send(shot)

    def answered(self, shot: Shot, status: int, answer: bytes) -> None:
        """A request has its answer, or will have none."""
        passed = self._loop.time() - self._start - shot.due
        self.volley.hits.append(Hit(shot.kind, shot.due, 1000 * passed, status))
        following = shot.then(answer) if shot.then is not None and status != NO_ANSWER else None
        if following is not None:
            self._loop.call_later(following.wait, self._send, following)
            return
        self._left -= shot.kind != self._meanwhile
        if not self._left and not self._done.done():
            self._done.set_result(None)


class _Line(asyncio.Protocol):
    """A connection that carries one request at a time. It understands answers with a length, which all of ours have."""

    def __init__(self, battery: _Battery) -> None:
        self._battery = battery
        self._shot: Shot | None = None
        self._read = b""
        self._sent = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, shot: Shot) -> None:
        """Send a request."""
        assert self._transport is not None
        self._shot, self._read = shot, b""
        self._sent += 1
        self._transport.write(shot.request)

    def data_received(self, data: bytes) -> None:
        self._read = self._read + data if self._read else data
        end = end_of_answer(self._read)
        if end is None or len(self._read) < end or self._shot is None:
            return
        shot, answer, self._shot = self._shot, self._read, None
        self._battery.free(self)
        self._battery.answered(shot, int(answer[9:12]), answer)

    def connection_lost(self, exc: Exception | None) -> None:
        self._battery.lost(self)
        shot, self._shot = self._shot, None
        if shot is not None and self._sent > 1 and not self._read:
            self._battery.resend(shot)
        elif shot is not None:
            self._battery.answered(shot, NO_ANSWER, b"")

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()


def end_of_answer(read: bytes) -> int | None:
    """How many bytes the answer has whose beginning was read; None while its head is not complete."""
    head = read.find(b"\r\n\r\n")
    if head < 0:
        return None
    length = read.find(b"content-length: ", 0, head)
    if length < 0:
        length = read.lower().find(b"content-length: ", 0, head)
    if length < 0:
        return head + 4
    return head + 4 + int(read[length + 16 : read.find(b"\r\n", length)])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all does not exceed. Raises ValueError where there are none."""
    if not values:
        raise ValueError("no values, so no percentile")
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]
