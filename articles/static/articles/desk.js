/* The desk's keyboard, focus and live line. Nothing here decides anything: a key presses the button or link that the
   server put into the card (data-act), so what works with a key works with a click and without this file. */
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const first = (selector, root = document) => root.querySelector(selector);
const cards = () => all(".segment");
let current = null; // the id of the card with the cursor: the card itself is replaced by every swap

const here = () => document.getElementById(current) || null;

/* Cursor ------------------------------------------------------------------------------------------------------- */

function point(card) {
  if (!card) return;
  here()?.classList.remove("current");
  current = card.id;
  card.classList.add("current");
}

function go(card) {
  if (!card) return;
  point(card);
  card.focus({ preventScroll: true });
  const box = card.getBoundingClientRect();
  const top = (first(".summary")?.getBoundingClientRect().bottom || 0) + 8;
  if (box.top < top || box.bottom > innerHeight - 8) {
    const tall = box.height > innerHeight - top;
    scrollBy({ top: box.top < top || tall ? box.top - top - 16 : box.bottom - innerHeight + 48 });
  }
}

function step(by, wanted = () => true) {
  const list = cards();
  let at = list.findIndex((card) => card.id === current);
  if (at < 0) at = by > 0 ? -1 : list.length;
  for (at += by; at >= 0 && at < list.length; at += by) {
    if (wanted(list[at])) return go(list[at]);
  }
  say(first("#help")?.dataset.end || "");
}

const moves = {
  next: () => step(1),
  previous: () => step(-1),
  "next-open": () => step(1, (card) => card.matches(".to_review, .flagged")),
  "next-finding": () => step(1, (card) => first(".note.finding", card)),
  help: () => first("#help")?.showModal(),
  "mark-source": () => window.deskMarking.begin("source"),
  "mark-target": () => window.deskMarking.begin("target"),
};

/* Keys: the sheet is the table ---------------------------------------------------------------------------------- */

const keys = new Map(all("#help kbd[data-key]").map((each) => [each.dataset.key, each.dataset.does]));
const typing = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

function press(act) {
  if (moves[act]) return moves[act](), true;
  const button = (here() && first(`[data-act="${act}"]`, here())) || first(`#summary [data-act="${act}"]`);
  if (!button) return false;
  if (button.getAttribute("aria-disabled") === "true") say(first(`#${button.getAttribute("aria-describedby")}`)?.textContent);
  else if (button.matches("input")) button.focus();
  else button.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || first("dialog[open]")) return;
  const inForm = event.target.closest(".segment.open form");
  if (event.key === "Escape" && (inForm || here()?.matches(".open"))) {
    if (press("close")) event.preventDefault();
    return;
  }
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && inForm) {
    event.preventDefault();
    return press("submit");
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const digit = here() && first(`[data-digit="${CSS.escape(event.key)}"]`, here());
  if (digit) return event.preventDefault(), digit.click();
  if (event.key === "Enter" && event.target.closest("a, button, summary, input, label")) return;
  const act = keys.get(event.key);
  if (act && press(act)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest('[aria-disabled="true"]')) event.preventDefault();
  if (event.target.closest('[data-act="help"]')) moves.help();
});
document.addEventListener("change", (event) => event.target.matches("[data-submits]") && event.target.form.requestSubmit());
document.addEventListener("focusin", (event) => point(event.target.closest(".segment")));
document.addEventListener("pointerdown", (event) => point(event.target.closest(".segment")));

/* The live line: every change is said once ----------------------------------------------------------------------- */

function say(text) {
  const line = first("#said");
  line.textContent = "";
  if (text) requestAnimationFrame(() => { line.textContent = text; });
}

/* Swaps: focus goes back to the card, or into the form that opened in it ------------------------------------------ */

document.addEventListener("htmx:afterSettle", (event) => {
  localTimes(document);
  if (!event.detail.target?.matches?.(".segment")) return;
  const card = document.getElementById(event.detail.target.id); // the new one, of the same name
  if (!card) return;
  point(card);
  const field = first("[aria-invalid=true]:is(input, textarea), [aria-invalid=true] input, [autofocus], .types :checked", card) || first(".types input", card);
  if (field && card.matches(".open")) {
    field.focus();
    field.scrollIntoView({ block: "nearest" });
    const at = Number(field.closest("[data-caret]")?.dataset.caret ?? field.value.length);
    if (field.matches("textarea")) field.setSelectionRange(at, at);
  } else go(card);
});

document.addEventListener("segment-changed", (event) => say(event.detail.said));

document.addEventListener("htmx:beforeSwap", (event) => {
  // Signed out meanwhile: the sign-in page, or the page that refuses an old token, must not take the place of what
  // was typed. Every answer of the desk is a fragment, never a whole page.
  if (!/^\s*<!doctype/i.test(event.detail.serverResponse)) return;
  event.detail.shouldSwap = false;
  trouble(first("#help")?.dataset.signedOut);
});
document.addEventListener("htmx:sendError", () => trouble(first("#help")?.dataset.offline));
document.addEventListener("htmx:responseError", () => trouble(first("#help")?.dataset.failed));

function trouble(text) {
  const card = here();
  let line = card && first(".trouble", card);
  if (card && !line) {
    line = document.createElement("p");
    line.className = "trouble error";
    first(".notes", card).append(line);
  }
  if (line) line.textContent = text;
  say(text);
}

document.addEventListener("htmx:configRequest", (event) => {
  // A sign-in in another tab changes the token; the cookie has the newest.
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (token && event.detail.verb === "post") event.detail.parameters.csrfmiddlewaretoken = token;
});

/* Marks and their notes light up together ------------------------------------------------------------------------ */

function light(event) {
  all(".lit").forEach((each) => each.classList.remove("lit"));
  const mark = event.target.closest?.("[data-notes]");
  const note = event.target.closest?.(".note[id]");
  const card = (mark || note)?.closest(".segment");
  if (!card) return;
  const names = mark ? mark.dataset.notes.split(" ") : [note.id];
  for (const name of names) {
    document.getElementById(name)?.classList.add("lit");
    all(`[data-notes~="${name}"]`, card).forEach((each) => each.classList.add("lit"));
  }
}
document.addEventListener("pointerover", light);
document.addEventListener("focusin", light);

/* Times in the reader's own form --------------------------------------------------------------------------------- */

function localTimes(root) {
  const form = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  all("time:not([title])", root).forEach((each) => {
    each.title = each.textContent;
    each.textContent = form.format(new Date(each.dateTime));
  });
}
localTimes(document);

all(".help[hidden]").forEach((each) => { each.hidden = false; });
const start = location.hash.startsWith("#segment-") && document.getElementById(location.hash.slice(1));
if (start) go(start);
else current = null;
