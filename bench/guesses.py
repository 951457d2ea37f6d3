"""Guess passwords: ``python -m bench.guesses URL COUNT``, as ``bench.attack`` does.

Sixteen clients guess the password of one account at once, in a process of their own: what they take
of Python's lock does not hold up who measures beside them. Prints how often the site gave which
answer, and what the clients took of the processor, as JSON.
"""

from __future__ import annotations

import json
import secrets
import sys
import threading
import time
from collections import Counter

from bench.editors import STRANGER
from bench.plain_client import Answer, PlainClient

CLIENTS = 16
ACCOUNT = "editor-0"


def guess_from_all(url: str, count: int) -> Counter[str]:
    """Return how often the site gave which answer to this many guesses."""
    answers: Counter[str] = Counter()
    lock = threading.Lock()

    def guess_some() -> None:
        client = PlainClient(url, STRANGER)
        for _number in range(count // CLIENTS):
            data = {"username": ACCOUNT, "password": secrets.token_hex(8)}
            kind = kind_of_refusal(client.post("/sign-in/", data))
            with lock:
                answers[kind] += 1

    threads = [threading.Thread(target=guess_some) for _number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def kind_of_refusal(answer: Answer) -> str:
    """Return what an answer to a guess says."""
    if answer.status_code in (302, 303):
        return "signed in"
    if answer.status_code == 429 or b"Too many failed" in answer.body:
        return "refused by the limit"
    return "wrong" if answer.status_code == 200 else str(answer.status_code)


def main() -> None:
    """Guess, and print what came of it."""
    url, count = sys.argv[1:]
    answers = guess_from_all(url, int(count))
    print(json.dumps({"answers": answers, "processor": time.process_time()}))


if __name__ == "__main__":
    main()
