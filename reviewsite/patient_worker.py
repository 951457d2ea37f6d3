"""A gunicorn worker whose threads never wait for a client, nor writes behind reads.

Gunicorn's own threads read a request as slowly as it is sent: sixteen silent connections stop the
site. Here the main loop receives each request to its end, beside all others, and only then gives it
to a thread. What a client does not send in time ends its connection and nobody else's.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from selectors import EVENT_READ
from tempfile import SpooledTemporaryFile
from typing import Any

from gunicorn import http
from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_SECONDS = 20
"""Seconds in which the head of a request must arrive."""
BODY_SECONDS = 600
"""Seconds in which its body must: 20 MB over a slow line."""
SENDING_SECONDS = 30
"""Seconds in which a client must read something of an answer."""
LAST_SECONDS = 2
"""Seconds for which a worker that stops waits for requests that were sent before that was known."""
SIGN_IN_PAUSE = 0.02
"""Seconds between the sign-ins of a process. One that is refused computes for a third of that: a
thousand at once leave the others three quarters of Python's lock."""
LONGEST_TURN = 0.25
"""Seconds for which a read computes alone in its process, if it takes so long."""
ORPHAN_SECONDS = 1
"""Seconds in which requests are still answered once the master has ended."""
LARGEST_HEAD = 64 * 1024
LARGEST_BODY = 256 * 1024 * 1024
"""Bytes that are received before the site sees the request; it refuses larger ones unread."""
HELD_IN_MEMORY = 256 * 1024
"""Bytes of a request that are kept in memory; more go to a temporary file."""

_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CHUNKED = re.compile(rb"^transfer-encoding:.*chunked", re.IGNORECASE | re.MULTILINE)
_READS = (b"GET ", b"HEAD ")
_SIGNS_IN = re.compile(rb"POST /(?:sign-in|account/login|account/reauthenticate|admin/login)/")
_END_OF_HEAD = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"


class Received:
    """What has arrived of a request, in the place of the socket that it is read from."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile()  # noqa: SIM115 - see close
        self.begin()

    def begin(self) -> None:
        """Forget the last request."""
        self.close()
        self._file = SpooledTemporaryFile(max_size=HELD_IN_MEMORY)  # noqa: SIM115 - see close
        self._head = b""
        self._body_length: int | None = None
        self._tail = b""
        self._size = 0
        self.is_read = False
        self.signs_in = False

    @property
    def has_head(self) -> bool:
        """Whether the head of the request is complete."""
        return self._body_length is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has arrived yet."""
        return not self._size

    @property
    def is_too_large(self) -> bool:
        """Whether the head is larger than any that is served."""
        return not self.has_head and self._size > LARGEST_HEAD

    def add(self, data: bytes) -> None:
        """Keep what has arrived."""
        self._file.write(data)
        self._size += len(data)
        self._tail = (self._tail + data)[-len(_LAST_CHUNK) :]
        if not self.has_head:
            self._head += data
            self._read_head()

    def _read_head(self) -> None:
        """Find out how long the request is, once its head is there."""
        end = self._head.find(_END_OF_HEAD)
        if end < 0:
            return
        head = self._head[:end]
        length = _LENGTH.search(head)
        self._is_chunked = _CHUNKED.search(head) is not None
        self._head_length = end + len(_END_OF_HEAD)
        self._body_length = int(length[1]) if length else 0
        self.is_read = head.startswith(_READS)
        self.signs_in = _SIGNS_IN.match(head) is not None
        self._head = b""

    def is_complete(self) -> bool:
        """Whether a thread need not wait for the rest of the request."""
        if self._body_length is None:
            return False
        if self._is_chunked:
            return self._tail == _LAST_CHUNK or self._size > LARGEST_BODY
        if self._body_length > LARGEST_BODY:
            return True
        return self._size >= self._head_length + self._body_length

    def close(self) -> None:
        """Remove what has arrived."""
        self._file.close()

    def rewind(self) -> None:
        """Make ready for reading."""
        self._file.seek(0)

    def recv(self, size: int) -> bytes:
        """Return the next bytes: of what has arrived, then of the socket."""
        return self._file.read(size) or self._sock.recv(size)

    def gettimeout(self) -> float | None:
        """Return the timeout of the socket."""
        return self._sock.gettimeout()

    def settimeout(self, seconds: float | None) -> None:
        """Set the timeout of the socket."""
        self._sock.settimeout(seconds)


class Connection(TConn):  # type: ignore[misc]  # gunicorn has no types
    """A connection whose requests are parsed out of what has arrived."""

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        self.received = Received(sock)
        self.data_ready = True
        self.initialized = False

    def init(self) -> None:
        """Make the parser, which lives as long as the connection. No TLS: that is the proxy's."""
        if not self.initialized:
            self.initialized = True
            self.parser = http.get_parser(self.cfg, self.received, self.client)

    def close(self, *, graceful: bool = False) -> None:
        """Close the socket, and remove what has arrived."""
        self.received.close()
        super().close(graceful=graceful)


class Turns:
    """Whose turn it is, among threads that compute: one after the other, as they came.

    Python's lock lets one thread compute anyway. Threads that change places all the time finish
    late together, and what else the process does has to wait for its place among all of them. Who
    has had a turn for ``longest`` seconds continues without it, and the next thread begins.
    """

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()
        self._holder: object | None = None
        self._ends = 0.0

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, and give it back at the end."""
        mine = object()
        with self._changed:
            self._wait(mine)
            self._holder = mine
            self._ends = time.monotonic() + self._longest
        try:
            yield
        finally:
            with self._changed:
                if self._holder is mine:
                    self._holder = None
                    self._changed.notify_all()

    def _wait(self, thread: object) -> None:
        """Wait until it is the turn of the thread, which leaves the queue however the wait ends."""
        self._waiting.append(thread)
        try:
            while not self._is_turn_of(thread):
                self._changed.wait(self._seconds_left())
        except BaseException:
            self._waiting.remove(thread)
            self._changed.notify_all()
            raise
        self._waiting.popleft()

    def _is_turn_of(self, thread: object) -> bool:
        """Return whether the thread is the next, and nobody has the turn or had it too long."""
        if self._waiting[0] is not thread:
            return False
        return self._holder is None or self._ends <= time.monotonic()

    def _seconds_left(self) -> float:
        """Return how many seconds later to look again, unless told before: when the turn ends.

        Who is not the next looks again a whole turn later where it has ended.
        """
        left = self._ends - time.monotonic()
        if self._holder is None or left <= 0:
            return self._longest
        return left


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker of threads whose main loop receives the requests.

    It has as many threads for reads as for all other requests: a save never waits for a thread
    that sends a page, nor a page for a save that waits for the database's lock. Reads take turns,
    so that a save shares the processor with one of them (docs/decisions/0083).
    Sign-ins have one thread, which rests after each: whoever guesses passwords takes the place of
    others who sign in, and of nobody else.
    """

    master_pipe: int | None = None
    """Ends when the master does. None where nobody made it: the master is then asked for."""
    is_orphan = False
    stopped_at: float | None = None
    """When the main loop first saw that this worker stops."""

    def init_process(self) -> None:
        """Make the threads for reads and for sign-ins, then the rest, and serve."""
        self.readers = ThreadPoolExecutor(self.cfg.threads, thread_name_prefix="reads")
        self.turns = Turns(LONGEST_TURN)
        self.sign_ins = ThreadPoolExecutor(1, thread_name_prefix="sign-ins")
        super().init_process()

    def run(self) -> None:
        """Serve until told to stop; end at once, with all threads, after the master."""
        if self.master_pipe is not None:
            self.poller.register(self.master_pipe, EVENT_READ, self.stop_without_master)
        super().run()
        self.readers.shutdown(wait=False)
        self.sign_ins.shutdown(wait=False)
        if self.is_orphan:
            # Python would wait for the threads: a long export would hold the next server up.
            os._exit(1)

    def is_parent_alive(self) -> bool:
        """Return whether the master is there; stop soon where it is not."""
        if super().is_parent_alive():
            return True
        self.stop_without_master()
        return False

    def stop_without_master(self, _pipe: object = None) -> None:
        """Leave address and data to the next server, which waits for both."""
        if self.is_orphan:
            return
        self.is_orphan = True
        self.alive = False
        if self.master_pipe is not None:
            self.poller.unregister(self.master_pipe)
        self.set_accept_enabled(False)
        for listener in self.sockets:
            listener.close()
        self.cfg.set("graceful_timeout", ORPHAN_SECONDS)

    def accept(self, listener: socket.socket) -> None:
        """Accept a connection and wait for its first request."""
        try:
            sock, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        _limit_waiting(sock)
        self.wait_for_request(Connection(self.cfg, sock, client, listener.getsockname()))

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Receive the next request of a connection that was kept open."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.wait_for_request(conn)

    def wait_for_request(self, conn: Connection) -> None:
        """Have the main loop receive the connection's next request."""
        conn.received.begin()
        conn.sock.settimeout(0)
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Receive what has arrived; give the request to a thread once it is complete."""
        try:
            data = client.recv(HELD_IN_MEMORY)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        received = conn.received
        had_head = received.has_head
        if data:
            received.add(data)
        if not data or received.is_too_large:
            self.give_up(conn)
        elif received.is_complete():
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            received.rewind()
            self.enqueue_req(conn)
        elif received.has_head and not had_head:
            conn.timeout = time.monotonic() + BODY_SECONDS

    def enqueue_req(self, conn: Connection) -> None:
        """Give a request to a thread."""
        if conn.received.signs_in:
            answered: Future[Any] = self.sign_ins.submit(self.handle, conn)
            self.sign_ins.submit(time.sleep, SIGN_IN_PAUSE)
        elif conn.received.is_read:
            answered = self.readers.submit(self.handle_read, conn)
        else:
            answered = self.tpool.submit(self.handle, conn)
        answered.add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )

    def murder_pending(self) -> None:
        """Close the connections whose requests did not arrive in time.

        A worker that stops waits for LAST_SECONDS only for those that have sent nothing: a request
        that is already on its way, also on a connection that was kept open, is answered.
        """
        now = time.monotonic()
        if not self.alive and self.stopped_at is None:
            self.stopped_at = now
        is_last = self.stopped_at is not None and now > self.stopped_at + LAST_SECONDS
        for conn in list(self.pending_conns):
            if conn.timeout < now or (is_last and conn.received.is_empty):
                self.give_up(conn)

    def give_up(self, conn: Connection) -> None:
        """Close a connection that waits for its request."""
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()

    def handle_read(self, conn: Connection) -> Any:
        """Answer a request that only reads, in a thread, when it is its turn."""
        with self.turns.taken():
            return self.handle(conn)

    def handle(self, conn: Connection) -> Any:
        """Answer a request in a thread.

        A client that sends the next one before the answer loses its connection: a thread would
        have to wait for the rest, and browsers do not do so.
        """
        stays_open = super().handle(conn)
        if stays_open and conn.parser.unreader.buf.getvalue():
            return False
        return stays_open


def _limit_waiting(sock: socket.socket) -> None:
    """Let no thread wait long for the client, neither for bytes nor for room to send some."""
    seconds = struct.pack("ll", SENDING_SECONDS, 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, seconds)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, seconds)
