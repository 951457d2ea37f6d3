"""The server's threads answer requests; waiting for clients is for the main loop."""

import contextlib
import http.client
import socket
import subprocess
import sys
import threading
from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from bench.site import ROOT, free_port, wait_for
from reviewsite import patient_worker
from reviewsite.patient_worker import PatientWorker, Received, Turns

APPLICATION = """
import threading

def application(environ, start_response):
    if environ["PATH_INFO"] == "/never/" or "HTTP_X_NEVER" in environ:
        threading.Event().wait()
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body) + 2))])
    return [b"ok", body]
"""
POST = b"POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 4\r\n\r\n"


@pytest.fixture
def pair():
    """What arrives on a socket, and the other end of that."""
    ours, theirs = socket.socketpair()
    with ours, theirs, contextlib.closing(Received(ours)) as received:
        yield received, theirs


def test_a_request_is_complete_with_the_last_byte_of_its_body(pair):
    received = pair[0]
    assert received.is_empty
    for byte in POST + b"abc":
        received.add(bytes([byte]))
        assert not received.is_complete()
    assert received.has_head
    received.add(b"d")
    assert received.is_complete()
    received.rewind()
    pair[1].send(b"later")
    read = [received.recv(1000), received.recv(1000)]
    assert read == [POST + b"abcd", b"later"]


def test_a_request_without_body_or_in_chunks_has_an_end_too(pair):
    received = pair[0]
    received.add(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert received.is_complete()
    received.begin()
    received.add(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n")
    assert not received.is_complete()
    received.add(b"0\r\n\r\n")
    assert received.is_complete()


def test_a_body_beyond_the_limit_is_left_to_the_site(pair):
    received = pair[0]
    received.add(POST.replace(b"4", b"999999999999"))
    assert received.is_complete()


def test_a_head_has_a_limit(pair, monkeypatch):
    monkeypatch.setattr(patient_worker, "LARGEST_HEAD", 50)
    received = pair[0]
    received.add(b"GET / HTTP/1.1\r\n")
    assert not received.is_too_large
    received.add(b"a: " + b"b" * 50)
    assert received.is_too_large


@contextlib.contextmanager
def running_server(tmp_path, *more):
    """A server of one process with two threads, and its port; ``more`` are gunicorn's options."""
    (tmp_path / "tiny.py").write_text(APPLICATION)
    port = free_port()
    options = ["--config", "python:reviewsite.gunicorn", "--bind", f"127.0.0.1:{port}"]
    options += ["--workers", "1", "--threads", "2", "--pythonpath", f"{tmp_path},{ROOT}"]
    options += more
    code = (
        "from reviewsite import gunicorn; gunicorn.keep_worker = lambda: None;"
        "from gunicorn.app.wsgiapp import run; run()"
    )
    command = [sys.executable, "-c", code, *options, "tiny"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield process, port
        finally:
            process.terminate()


@pytest.fixture
def server(tmp_path):
    """The port of a server of one process with two threads."""
    with running_server(tmp_path) as (_process, port):
        yield port


@pytest.mark.slow  # a server starts
def test_silent_and_trickling_clients_hold_nobody_up(server):
    beginnings = [b"", b"G", b"GET / HTTP/1.1\r\nHost: a\r\n", POST + b"ab"]
    with contextlib.ExitStack() as opened:
        slow = []
        for beginning in beginnings * 10:
            client = opened.enter_context(socket.create_connection(("127.0.0.1", server), 60))
            client.sendall(beginning)
            slow.append(client)
        connection = http.client.HTTPConnection("127.0.0.1", server, timeout=60)
        with contextlib.closing(connection):
            for body in (b"one", b"two" * 200_000):  # on one connection, which stays open
                connection.request("POST", "/", body)
                assert connection.getresponse().read() == b"ok" + body
        slow[3].sendall(b"cd")
        answer = slow[3].recv(1000)
        assert answer.startswith(b"HTTP/1.1 200 OK")
        slow[1].sendall(b"ET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert slow[1].recv(1000).startswith(b"HTTP/1.1 200 OK")


def test_a_request_that_reads_is_told_from_one_that_writes(pair):
    received = pair[0]
    for method, is_read in (("GET", True), ("HEAD", True), ("POST", False), ("GETS", False)):
        received.begin()
        received.add(f"{method} / HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert received.is_read == is_read


def test_a_request_that_signs_in_is_told_from_others(pair):
    received = pair[0]
    for path in ("/sign-in/", "/admin/login/?next=/admin/", "/account/reauthenticate/"):
        received.begin()
        received.add(f"POST {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert received.signs_in
    for line in ("GET /sign-in/", "POST /sign-out/", "POST /articles/sign-in/"):
        received.begin()
        received.add(f"{line} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert not received.signs_in


@pytest.mark.slow  # a server starts
@pytest.mark.parametrize(("slow", "quick"), [("GET", "POST"), ("POST", "GET")])
def test_reads_and_writes_do_not_wait_for_each_other(tmp_path, slow, quick):
    with running_server(tmp_path) as (process, port), contextlib.ExitStack() as opened:
        for _ in range(3):  # more than there are threads of a kind
            client = opened.enter_context(socket.create_connection(("127.0.0.1", port), 60))
            client.sendall(f"{slow} /never/ HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        opened.callback(connection.close)
        connection.request(quick, "/")
        assert connection.getresponse().read() == b"ok"
        process.kill()  # a server that is told to stop waits for those that never end


class WatchedTurns(Turns):
    """Turns that say when somebody begins to wait, and when somebody waited too long."""

    def __init__(self, longest):
        super().__init__(longest)
        self.somebody_waits = threading.Event()
        wait = self._changed.wait

        def told_wait(seconds):
            self.somebody_waits.set()
            return wait(seconds)

        self._changed.wait = told_wait


def test_reads_take_turns():
    turns, done = WatchedTurns(600), []

    def read():
        with turns.taken():
            done.append("second")

    second = threading.Thread(target=read)
    with turns.taken():
        second.start()
        assert turns.somebody_waits.wait(60)
        done.append("first")
    second.join(60)
    assert done == ["first", "second"]


def test_turns_are_given_as_they_were_asked_for():
    turns, done = WatchedTurns(600), []

    def read(number):
        with turns.taken():
            done.append(number)

    threads = [threading.Thread(target=read, args=[number]) for number in range(3)]
    with turns.taken():
        for thread in threads:
            turns.somebody_waits.clear()
            thread.start()
            assert turns.somebody_waits.wait(60)
    with turns.taken():
        done.append("asked last")
    for thread in threads:
        thread.join(60)
    assert done == [0, 1, 2, "asked last"]


def test_a_thread_that_stops_waiting_leaves_the_queue():
    turns = Turns(600)

    def stop(_seconds):
        raise KeyboardInterrupt

    with turns.taken():
        turns._changed.wait = stop
        with pytest.raises(KeyboardInterrupt), turns.taken():
            pass
    with turns.taken():
        pass  # nobody stands before this one


class Pool:
    """Keeps what it is to do."""

    def __init__(self):
        self.given = []

    def submit(self, work, *arguments):
        self.given.append(work)
        return Future()


def test_reads_alone_are_given_to_threads_that_take_turns(pair):
    worker = PatientWorker.__new__(PatientWorker)
    worker.readers, worker.tpool = Pool(), Pool()
    received = pair[0]
    for method in ("GET", "POST"):
        received.begin()
        received.add(f"{method} / HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        worker.enqueue_req(SimpleNamespace(received=received))
    assert worker.readers.given == [worker.handle_read]
    assert worker.tpool.given == [worker.handle]


def test_a_long_read_lets_others_begin():
    turns = WatchedTurns(0.01)
    goes_on = threading.Event()

    def read_for_long():
        with turns.taken():
            begun.set()
            goes_on.wait(60)

    begun = threading.Event()
    long = threading.Thread(target=read_for_long)
    long.start()
    assert begun.wait(60)
    for _ in range(2):  # the turn is given back to the next one though the long read goes on
        with turns.taken():
            assert long.is_alive()
    goes_on.set()
    long.join(60)
    with turns.taken():
        assert not long.is_alive()


@pytest.mark.slow  # a server starts
def test_whoever_guesses_passwords_takes_no_thread_of_others(tmp_path):
    with running_server(tmp_path) as (process, port), contextlib.ExitStack() as opened:
        for _ in range(5):  # they wait for one thread, which the first of them never gives back
            client = opened.enter_context(socket.create_connection(("127.0.0.1", port), 60))
            client.sendall(b"POST /sign-in/ HTTP/1.1\r\nHost: a\r\nX-Never: 1\r\n\r\n")
        for method in ("GET", "POST"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            opened.callback(connection.close)
            connection.request(method, "/")
            assert connection.getresponse().read() == b"ok"
        process.kill()  # a server that is told to stop waits for those that never end


@pytest.mark.slow  # a server starts
def test_nothing_is_left_of_a_server_whose_master_was_killed(tmp_path):
    """Not for a client that says nothing, nor for one whose answer takes long: all processes hold
    the output open, and would keep the next server from the address and from the data.
    """
    with running_server(tmp_path) as (process, port), contextlib.ExitStack() as opened:
        clients = []
        for beginning in (b"", b"G", b"GET /never/ HTTP/1.1\r\nHost: a\r\n\r\n"):
            client = opened.enter_context(socket.create_connection(("127.0.0.1", port), 60))
            client.sendall(beginning)
            clients.append(client)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        opened.callback(connection.close)
        connection.request("GET", "/")  # and this connection stays open
        assert connection.getresponse().read() == b"ok"
        process.kill()
        process.communicate(timeout=patient_worker.HEAD_SECONDS / 2)
        assert clients[2].recv(1000) == b""


@pytest.mark.slow  # a server starts
def test_a_process_that_retires_answers_what_was_sent_to_it(tmp_path):
    """On connections that were kept open, too: browsers do not send a lost post again."""
    retiring = ("--max-requests", "30", "--max-requests-jitter", "0")
    with running_server(tmp_path, *retiring) as (_process, port), contextlib.ExitStack() as opened:
        kept = []
        for _number in range(10):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            opened.callback(connection.close)
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"ok"
            kept.append(connection)
        is_retiring = False
        while not is_retiring:
            kept[0].request("GET", "/")
            answer = kept[0].getresponse()
            answer.read()
            is_retiring = answer.getheader("Connection") == "close"
        for connection in kept[1:]:
            connection.request("POST", "/", b"words")
            assert connection.getresponse().read() == b"okwords"
