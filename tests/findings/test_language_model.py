"""The language model is asked within its budget; what it says is believed only where its words are in the texts."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from articles.findings import language_model
from articles.models import Event, Finding, Segment
from tests.cases import for_each
from tests.factories import make_article

PAIRS = [
    ("The mayor spoke on Monday.", "Le maire a parlé."),
    ("Nobody laughed.", "Personne n’a ri."),
    ("Alone.", ""),
    ("They left.", "Ils sont partis."),
]


class Endpoint(ThreadingHTTPServer):
    """An endpoint that gives the answers it was told to, the last one for ever, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked, self.silence = [errors()], [], threading.Event()

    def handle_error(self, request, client_address):
        """A client that went away is no error."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))
        answer = (
            self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        )
        if answer == "silence":
            self.server.silence.wait()
            return
        status, text = answer if isinstance(answer, tuple) else (200, answer)
        data = text.encode()
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        """Nothing is written to the screen."""


def said(content):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]})


def error(**values):
    usual = {
        "type": "Omission",
        "severity": "major",
        "source": "on Monday",
        "target": "",
        "reason": "No day is named.",
    }
    return usual | values


def errors(*found):
    return said(json.dumps({"errors": list(found)}))


@pytest.fixture
def endpoint(settings, monkeypatch):
    server = Endpoint()
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    settings.ORACLE_URL = f"http://127.0.0.1:{server.server_port}/v1"
    settings.ORACLE_MODEL, settings.ORACLE_KEY = "wise", ""
    settings.ORACLE_BUDGET, settings.ORACLE_TIMEOUT = 10_000, 5
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    yield server
    server.silence.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def article(db):
    return make_article(PAIRS)


def texts(endpoint):
    return [
        json.loads(body["messages"][-1]["content"])["source"]
        for _path, _key, body in endpoint.asked
    ]


def test_without_an_address_nothing_is_asked(article):
    with pytest.raises(language_model.Unavailable, match="ORACLE_URL"):
        language_model.ask(article)


def test_findings_stand_where_their_words_are(article, endpoint, settings, rosa):
    settings.ORACLE_KEY = "a-key"
    endpoint.answers = [
        errors(
            error(),
            error(
                type="accuracy/mistranslation",
                severity="MINOR",
                source="spoke",
                target="a parlé",
                reason="100 % off",
            ),
            error(source="on Tuesday"),
        ),
        errors(),
    ]
    outcome = language_model.ask(article, by=rosa)
    assert outcome.sentence == (
        "3 segments sent to the language model (already sent: 0, over budget: 0, unusable answers: 0): 2 findings, 2 new."
    )
    omission, wrong = Finding.objects.order_by("pk")
    assert (omission.finder, omission.check_id, omission.type) == (
        "oracle:wise",
        "omission",
        "Omission",
    )
    assert (omission.source_spans, omission.target_spans, omission.text) == (
        [[16, 25]],
        [],
        "No day is named.",
    )
    assert (wrong.type, wrong.severity, wrong.text) == ("Mistranslation", "minor", "100 % off")
    assert wrong.target_spans == [[9, 16]]
    path, key, body = endpoint.asked[0]
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer a-key", "wise")
    assert json.loads(body["messages"][-1]["content"]) == {
        "source_language": "English",
        "target_language": "French",
        "source": PAIRS[0][0],
        "target": PAIRS[0][1],
    }
    event = Event.objects.get()
    assert (event.act, event.actor, event.details["new"]) == ("asked", rosa, 2)


def test_nothing_is_asked_twice_and_what_is_done_is_left_alone(article, endpoint):
    Segment.objects.filter(source_text="They left.").update(status="done")
    assert language_model.ask(article).asked == 2
    assert endpoint.asked[0][1] is None
    Segment.objects.filter(source_text="Nobody laughed.").update(target_text="Nul ne rit.")
    outcome = language_model.ask(article)
    assert (outcome.asked, outcome.before) == (1, 1)
    assert texts(endpoint) == ["The mayor spoke on Monday.", "Nobody laughed.", "Nobody laughed."]


def test_another_model_is_asked_anew_from_the_same_budget(article, endpoint, settings):
    settings.ORACLE_BUDGET = 150
    assert (language_model.ask(article).asked, language_model.ask(article).asked) == (3, 0)
    settings.ORACLE_MODEL = "wiser"
    outcome = language_model.ask(article)
    assert (outcome.asked, outcome.left) == (1, 2)


def test_the_budget_is_kept(article, endpoint, settings):
    settings.ORACLE_BUDGET = 60
    outcome = language_model.ask(article)
    assert (outcome.asked, outcome.left, outcome.characters) == (1, 2, 43)
    assert language_model.ask(article).left == 2
    assert len(endpoint.asked) == 1


@for_each(
    "answer",
    [
        "not JSON",
        "[]",
        "{}",
        json.dumps({"choices": []}),
        json.dumps({"choices": [{"message": {"content": None, "refusal": "I would rather not."}}]}),
        said("I’m sorry, I can’t help with that."),
        said("[1]"),
        said('{"errors": {}}'),
        said("[" * 100_000),
        errors("Omission"),
        errors({"type": "Omission"}),
        errors(error(reason=None)),
        errors(error(type="Rudeness")),
        errors(error(severity="awful")),
        errors(error(source="", target="")),
        errors(*[error()] * 21),
    ],
)
def test_an_answer_of_another_form_is_no_answer(answer):
    with pytest.raises(language_model.Unusable):
        language_model.read_answer(answer.encode())


def test_an_answer_between_fences_is_read():
    assert language_model.read_answer(said('```json\n{"errors": []}\n```').encode()) == []


def test_an_unusable_answer_is_asked_for_once_more(article, endpoint):
    endpoint.answers = ["nonsense", errors(error()), "nonsense", "nonsense", errors()]
    outcome = language_model.ask(article)
    assert (outcome.asked, outcome.unusable, outcome.found) == (3, 1, 1)
    assert len(endpoint.asked) == 5
    again = language_model.ask(article)
    assert (again.asked, again.before) == (1, 2)


def test_a_model_that_only_talks_nonsense_is_given_up(db, endpoint):
    article = make_article([(f"Number {n}.", f"Numéro {n}.") for n in range(8)])
    endpoint.answers = ["nonsense"]
    with pytest.raises(language_model.Unavailable, match="5 unusable answers in a row"):
        language_model.ask(article)
    assert len(endpoint.asked) == 10
    assert Event.objects.get().details["asked"] == []


def test_a_busy_endpoint_is_asked_again(article, endpoint):
    endpoint.answers = [(503, ""), (429, ""), errors()]
    assert language_model.ask(article).asked == 3


@pytest.mark.parametrize(("status", "requests"), [(401, 1), (404, 1), (307, 1), (500, 3)])
def test_a_refusal_ends_the_run(article, endpoint, status, requests):
    endpoint.answers = [(status, "no")]
    with pytest.raises(language_model.Unavailable, match=f"it answered {status}"):
        language_model.ask(article)
    assert len(endpoint.asked) == requests
    assert not Event.objects.exists()


def test_what_was_found_before_a_refusal_is_kept(article, endpoint):
    endpoint.answers = [errors(error()), (401, "no")]
    with pytest.raises(language_model.Unavailable):
        language_model.ask(article)
    assert Finding.objects.count() == 1
    assert len(Event.objects.get().details["asked"]) == 1


def test_silence_ends_in_time(article, endpoint, settings):
    settings.ORACLE_TIMEOUT = 0.05
    endpoint.answers = ["silence"]
    with pytest.raises(language_model.Unavailable, match="timed out"):
        language_model.ask(article)
    assert len(endpoint.asked) == language_model.TRIES


def test_an_answer_without_end_is_cut_off(article, endpoint, monkeypatch):
    monkeypatch.setattr(language_model, "_LARGEST", 100)
    endpoint.answers = ["x" * 1000]
    with pytest.raises(language_model.Unavailable, match="incomplete"):
        language_model.ask(article)


def test_nobody_there(article, endpoint, settings):
    settings.ORACLE_URL = "https://127.0.0.1:1"
    with pytest.raises(language_model.Unavailable, match="refused"):
        language_model.ask(article)


# ── the command ──────────────────────────────────────────────────────────────


def test_the_command_says_what_came_of_it(db, endpoint, capsys):
    article = make_article([(f"Number {n}.", f"Numéro {n}.") for n in range(11)], title="Numbers")
    call_command("ask_oracle", "Numbers")
    heard = capsys.readouterr()
    assert heard.out.startswith("11 segments sent")
    assert heard.err == "10 of 11 segments\n"
    assert article.events.count() == 1


def test_the_command_says_why_not(article, endpoint, monkeypatch):
    with pytest.raises(CommandError, match="no article “Nothing”"):
        call_command("ask_oracle", "Nothing")
    endpoint.answers = [(401, "no")]
    with pytest.raises(CommandError, match="it answered 401"):
        call_command("ask_oracle", str(article.pk))

    def stopped(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(language_model, "request", stopped)
    with pytest.raises(CommandError, match="Ask again") as problem:
        call_command("ask_oracle", str(article.pk))
    assert problem.value.returncode == 130
