/* The desk's keyboard, focus and live line. Nothing here decides anything: a key presses the button or link with its
   data-act in the current card, its notes or the bar, so what works with a key works with a click. */
"use strict";

let current = null; // the id of the current card: the element itself is replaced by every swap
let brought = null; // the id of the card that the desk went to by itself
let acted = null; // the id of the card of the last act, which u undoes from any segment
let then = null; // the act that follows when the answer has replaced the card
let repairing = false; // whether the omissions are repaired one after the other: a repair leads to the next
let seeking = null; // the step that continues when the next part of the article has come

const here = () => byId(current);
const unfinished = (card) => card.matches(".to_review, .flagged");
const isPage = (xhr) => /^\s*<!doctype/i.test(xhr.responseText);
// A correction whose approval is refused can still be returned.
const decidable = (card) => ["approve", "reject"].some((act) => acts.allows(card, act) || first(`[data-act="${act}"]:not([aria-disabled])`, card));
const undoable = (card) => acts.undoOf(card) || first('[data-act="undo"]', card);

/* Where the notes of a card are; a card without any gets the place. */
function notesOf(card) {
  const found = first(".notes", card);
  if (found) return found;
  const made = document.createElement("div");
  made.className = "notes";
  card.append(made);
  return made;
}

/* Cursor ------------------------------------------------------------------------------------------------------- */

function point(card) {
  if (!card) return;
  const list = findings(card); // before anything is changed, so that the page is not styled twice
  here()?.classList.remove("current");
  current = card.id;
  card.classList.add("current");
  mean(list.find((note) => note.id === doubt) || list[0]);
  afterPaint("surroundings", showSurroundings);
}

/* What the page shows of the current card elsewhere. */
function showSurroundings() {
  const card = here();
  if (!card) return;
  acts.show(card);
  const reading = first('.site [data-act="read"]');
  if (reading) reading.hash = `s${card.dataset.position}`; // the same place in the reading view
  document.dispatchEvent(new CustomEvent("pointed", { detail: card }));
}

function go(card) {
  if (!card) return;
  brought = null;
  if (isBelow(card)) bring();
  reveal(card); // it reads the layout: before anything is changed
  point(card);
  card.focus({ preventScroll: true });
}

/* Where the side panel begins as a drawer over the lower edge; it is none where it stands beside the desk. */
function topOfDrawer() {
  const panel = byId("panel");
  if (!panel || panel.hidden || panel.offsetLeft > 0) return innerHeight;
  return panel.getBoundingClientRect().top;
}

/* Where the texts begin below the head of the desk. On a narrow screen that scrolls away with the page, and its lower edge is
   above the window. */
const topOfDesk = () => Math.max(0, first(".desk-head, .summary")?.getBoundingClientRect().bottom || 0);

/* Scroll the whole card into view, with the room below it that it will need, or as much of both as the window holds. */
function reveal(card, room = 0) {
  const { top: upper, bottom: lower } = card.getBoundingClientRect();
  const box = { top: upper, bottom: lower + room, height: lower + room - upper };
  const top = topOfDesk() + 8;
  const bottom = Math.min(innerHeight - (byId("bar")?.offsetHeight || 0), topOfDrawer());
  if (box.top < top || box.bottom > bottom - 8) {
    const tall = box.height > bottom - top;
    scrollBy({ top: box.top < top || tall ? box.top - top - 16 : box.bottom - bottom + 48 });
  }
}

/* Return the next (by = 1) or previous (-1) card for which `wanted` is true. */
function beside(by, wanted) {
  const list = all(".segment");
  const at = list.findIndex((card) => card.id === current);
  const way = by > 0 ? list.slice(at + 1) : list.slice(0, at < 0 ? undefined : at).reverse();
  return way.find(wanted);
}

/* Go to the card for which `wanted` is true. A long article comes in parts: the parts in this direction are fetched until
   one holds such a card. */
function step(by, wanted = () => true, arrived = () => {}, ended = () => tell(words("end"))) {
  const card = beside(by, wanted);
  const more = !card && first(by > 0 ? ".pages[hx-get]" : ".earlier a");
  seeking = more ? () => step(by, wanted, arrived, ended) : null;
  if (card) go(card), arrived();
  else if (more) htmx.trigger(more, by > 0 ? "intersect" : "click");
  else ended();
}

/* Behind the last segment that is left to review, or to decide on, come those that were passed over. */
function beginAgain(wanted, said) {
  const card = all(".segment").find(wanted);
  if (card && card !== here()) go(card), tell(words(said));
  else if (!card && first(".earlier a") && byId("strip")) location.href = byId("strip").dataset.jump;
  else tell(words("end"));
}

/* Go to the next correction to approve; one that the desk itself went to comes first. */
function stepWaiting() {
  const card = here();
  if (!card || card.id !== brought || !decidable(card)) return step(1, decidable, () => {}, () => beginAgain(decidable, "againWaiting"));
  brought = null;
  tell(card.getAttribute("aria-label"));
}

const moves = {
  next: () => step(1),
  previous: () => step(-1),
  "next-open": () => step(1, unfinished, () => {}, () => beginAgain(unfinished, "again")),
  "next-waiting": stepWaiting,
  "next-finding": () => stepFinding(),
  "next-omission": () => (stepFinding(isOmission), (repairing = true)),
  "dismiss-false": dismissAsFalse,
  help: () => first("#help")?.showModal(),
  "mark-source": () => marking.begin("source"),
  "mark-target": () => marking.begin("target"),
};

/* Keys: they are read from the sheet of shortcuts ---------------------------------------------------------------------------------- */

const keys = new Map(all("#help kbd[data-key]").map((each) => [each.dataset.key, each.dataset.does]));
const typing = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

/* What is shown, or stands in the toolbar, which is closed on a phone. */
const within = (button) => shown(button) || button.closest("#tools");

function buttonOf(act) {
  catchUp();
  const places = [byId(doubt), here(), byId("bar"), first("#summary, #left"), first(".site")];
  if (act === "undo") places.push(byId(acted), first(".messages"));
  const buttons = places.flatMap((place) => (place ? all(`[data-act="${act}"]`, place) : [])).filter(within);
  const own = buttons.filter((button) => !button.dataset.of); // first what the current segment offers itself
  return own.find((button) => button.dataset.move === act) || own[0] || buttons[0];
}

function press(act) {
  if (["next", "previous", "next-open", "next-finding", "confirm"].includes(act)) repairing = false;
  if (!here() && NEED_SEGMENT.test(act)) return chooseFor(act);
  if (act === "undo" && here()?.matches(".open")) return press("close"); // it closes the open form
  if (moves[act]) return moves[act](), true;
  if (act.startsWith("pairing-")) return pair(act.slice("pairing-".length));
  if (act === "take-edit") return (then = press("take") && "edit"), Boolean(then);
  const button = buttonOf(act);
  if (!button && !here() && !NEED_NO_SEGMENT.includes(act)) return chooseFor(act);
  const undo = !button && act === "undo" && acts.undoOf(byId(acted));
  if (undo) return acts.send(undo, byId(acted)), true;
  if (!button) return false;
  if (button.getAttribute("aria-disabled") === "true") refuse(button);
  else if (button.matches("input")) enterField(button);
  else button.click();
  return true;
}

/* Where no segment is chosen yet, a key that needs one means the first that is in view. It opens a form there at once; what
   decides waits for the key once more, since nobody had seen which segment it would decide on. */
const NEED_SEGMENT = /^(dismiss-false|mark-source|mark-target|speak|take-edit|pairing-.*)$/; // besides the buttons in the bar
const NEED_NO_SEGMENT = ["close", "submit", "undo", "search", "jump", "sign-off"];
const DECIDES = ["dismiss-false", "take-edit"];

function chooseFor(act) {
  const top = topOfDesk();
  const boxes = new Map(all(".segment").map((card) => [card, card.getBoundingClientRect()]));
  const inView = ([, box]) => box.top >= top && box.top < innerHeight;
  const [card] = [...boxes].find(inView) || [...boxes].find(([, box]) => box.bottom > top) || [];
  if (!card) return false;
  go(card);
  if (DECIDES.includes(act) || buttonOf(act)?.matches("[formaction]")) tell(words("chosen").replace("{number}", card.dataset.position));
  else if (!press(act)) tell(words("nothing"));
  return true;
}

function enterField(field) {
  if (!shown(field)) field.closest("[popover]").showPopover();
  field.focus();
  field.select();
}

/* Say why a button is refused; a refused approval focuses the flag that has no repair. */
function refuse(button) {
  const why = byId(button.getAttribute("aria-describedby"));
  tell(button.dataset.why || why?.textContent);
  if (why && button.dataset.act === "approve") byId(first("a", why)?.hash.slice(1))?.focus();
}

/* Open the page that previews a realignment; it is told the filter and order to return to. */
function pair(way) {
  const link = buttonOf("pairing");
  const places = way === "split" && link ? marking.places(current) : {};
  if (link) location.href = pairingPage(link, { act: way, ...places });
  return Boolean(link);
}

const pairingPage = (link, asked) => `${link.href.split("?")[0]}?${new URLSearchParams({ ...asked, back: location.search.slice(1) })}`;

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
    return press("submit") || tell(first(".why", inForm)?.textContent ?? words("nothing"));
  }
  const sign = event.altKey && /^[[\]{}/]$/.test(event.key); // on many keyboards these need AltGr
  if (((event.ctrlKey || event.metaKey || event.altKey) && !sign) || typing(event.target)) return;
  if (beginsComment(event, inForm)) return first("textarea", inForm).focus();
  const digit = here() && first(`[data-digit="${CSS.escape(event.key)}"]`, here());
  if (digit) return event.preventDefault(), digit.click();
  if (/^[1-9]$/.test(event.key) && byId("flag-form")) return event.preventDefault(), flagWords(event.key);
  if (event.key === "Enter" && event.target.closest("a, button, summary, input, label")) return;
  const act = keys.get(event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key);
  if (!act) return;
  if (press(act)) event.preventDefault();
  else if (act !== "close") tell(words(whyNothing(act)));
});

const NEED_OPEN = ["edit", "flag", "confirm", "take", "take-edit", "remedy", "approve", "reject"];

/* Why a key does nothing: the name of the words for it. */
function whyNothing(act) {
  if (!here()) return "nowhere";
  return here().matches(".done") && NEED_OPEN.includes(act) ? "done" : "nothing";
}

/* Whether a key that is pressed beside the field of a comment is text for it, and no command: a letter or an opening mark, in the
   form of a return, a reply or a flag. The form of a flag has buttons for what two letters do elsewhere: choose words. */
function beginsComment(event, form) {
  return Boolean(form?.matches(".rejecting, .talking, .flagging")) && /^[\p{L}\p{Pi}"(]$/u.test(event.key);
}

/* Flag the selected words as the type of the digit, or say why not. */
function flagWords(digit) {
  const card = here();
  if (!card) return tell(words("nowhere"));
  if (!acts.allows(card, "flag")) return tell(words("nothing"));
  if (!marking.holds(card)) return tell(words("unselected"));
  if (!marking.flagAs(digit, card)) tell(words("nothing"));
}

/* Keys that are pressed during a request are meant for the card that comes: they are replayed when it is there. */
const underway = new Set();
const early = [];
const PRESSES = { Enter: "button, a, summary", " ": "button, summary, input" }; // what the key clicks by itself

document.addEventListener("keydown", (event) => {
  const command = (event.ctrlKey || event.metaKey || event.altKey) && event.key !== "Enter";
  if (!(underway.size || seeking) || !event.isTrusted || command || event.isComposing || ["Shift", "Control", "Alt", "AltGraph", "Meta", "Tab"].includes(event.key)) return;
  early.push(event);
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!detail.target.matches(".segment")) return;
  underway.add(detail.xhr);
  detail.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  underway.delete(detail.xhr);
  detail.target.removeAttribute("aria-busy");
  while (!underway.size && !seeking && early.length) {
    const { key, shiftKey, ctrlKey, metaKey } = early.shift();
    const field = document.activeElement;
    const unused = field.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, ctrlKey, metaKey, bubbles: true, cancelable: true }));
    if (!unused) continue;
    if (key.length === 1 && typing(document.activeElement)) document.execCommand("insertText", false, key);
    else if (PRESSES[key] && field.matches(PRESSES[key])) field.click();
    else if (key === "Enter" && field.matches("input")) field.form?.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  const refused = event.target.closest('[aria-disabled="true"]');
  if (refused) event.preventDefault(), refuse(refused);
  const pairing = event.target.closest('[data-act="pairing"]');
  if (pairing) pairing.href = pairingPage(pairing);
  moves[event.target.closest("[data-act]")?.dataset.act]?.();
});
document.addEventListener("change", (event) => event.target.matches("[data-submits]") && event.target.form.requestSubmit());
document.addEventListener("focusin", (event) => {
  const card = event.target.closest(".segment");
  if (card !== here() || !card?.matches(".current")) point(card);
});
document.addEventListener("pointerdown", (event) => {
  point(event.target.closest(".segment"));
  const note = event.target.closest(".current .note.finding");
  if (note) reach(note); // so that the keys mean what was clicked on
});

/* A part that is inserted above must not move what is being read. */
let kept = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const top = detail.target.matches(".earlier") && first(".segment");
  kept = top ? { card: top, at: top.getBoundingClientRect().top } : null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (!kept) return;
  scrollBy({ top: kept.card.getBoundingClientRect().top - kept.at, behavior: "instant" });
  kept = null;
});

/* The live region: every change is announced once ----------------------------------------------------------------------- */

let isSeen = false; // whether what is said is shown, too, or will be in a moment

function say(text, { seen = false } = {}) {
  const line = first("#said");
  line.textContent = "";
  hush();
  isSeen = seen;
  if (text) requestAnimationFrame(() => { line.textContent = text; line.classList.toggle("seen", isSeen); if (isSeen) placeLine(line); });
}

/* What is shown stands over the bar; where that would cover the current segment, at the upper edge. */
function placeLine(line) {
  line.classList.remove("above");
  line.style.setProperty("--bar", `${byId("bar")?.offsetHeight || 0}px`);
  const card = here()?.getBoundingClientRect();
  const head = first(".desk-head, .summary.left")?.getBoundingClientRect().bottom || 0;
  const top = Math.max(0, head) + 8;
  const box = line.getBoundingClientRect();
  const isCovered = card && card.bottom > box.top && card.top < box.bottom;
  if (!isCovered || card.top < top + box.height) return;
  line.classList.add("above");
  line.style.setProperty("--head", `${top}px`);
}

/* No longer show what was said: it may lie over what is read next. */
function hush() {
  isSeen = false;
  first("#said").classList.remove("seen");
}
document.addEventListener("keydown", hush, true);

/* Announce what shows nowhere else on the page, and show it for a few seconds. */
const tell = (text) => say(text, { seen: true });

/* Swaps: the focus goes to the form that opened, else to the card, else from a finished card to the next one --- */

let kind = null; // the test for cards of the kind that was just finished; null where nothing was done
let takesBack = null; // what takes the last act on the card back, while a form opens or closes in it

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target.matches(".segment")) return;
  rememberMeant(detail.target);
  const done = detail.xhr.status === 200 && detail.requestConfig.verb === "post";
  kind = done ? [decidable, unfinished].find((each) => each(detail.target)) : null;
  if (done && (detail.target.matches(".queue .waiting") || first("form.rejecting", detail.target))) kind = decidable; // a form was open in it
  if (!done) then = null;
  const { undo, revision } = detail.target.dataset;
  const changesNothing = detail.requestConfig.verb === "get";
  takesBack = undo && changesNothing ? { id: detail.target.id, undo, revision } : null;
});

/* A form that opens or closes comes with its card anew, which knows nothing of the act before. */
function keepUndo(card) {
  const { id, undo, revision } = takesBack || {};
  if (card.id === id && card.dataset.revision === revision) card.dataset.undo ||= undo;
  takesBack = null;
}

document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
  if (detail.target?.matches?.(".pages")) seeking?.();
  if (!detail.target?.matches?.(".segment") || target.id !== detail.target.id) return; // what came beside the card
  const card = byId(detail.target.id); // the new one, of the same name
  if (!card) return;
  keepUndo(card);
  meanFollowing(card);
  if (kind !== null && undoable(card)) acted = card.id;
  forgetNotices(card);
  point(card);
  acts.show(card, { anew: true });
  const field = document.activeElement;
  if (field.matches("input, select, textarea") && !card.contains(field)) return (then = kind = null); // one types elsewhere by now
  if (card.matches(".open")) return enter(card);
  const follows = then;
  then = null;
  const isFinished = kind && !kind(card);
  const omission = isFinished && repairing && beside(1, hasOmission);
  const finding = isFinished && repairing && beside(1, (each) => unfinished(each) && findings(each).length);
  const next = omission || finding || (isFinished && beside(1, kind));
  kind = null;
  go(next || card);
  brought = next ? next.id : null;
  if (isFinished && !next && card.closest(".queue")) tell(words("decided"));
  if (omission) mean(findings(omission).find(isOmission));
  if (follows) press(follows);
});

/* What was done is said at its card until the next act, so that one line comes where another goes. */
function forgetNotices(card) {
  if (!first(".notice", card)) return;
  for (const line of all(".segment .notice")) if (!card.contains(line)) line.remove();
}

function enter(card) {
  hush();
  const wanted = ["[aria-invalid=true]:is(input, textarea), [aria-invalid=true] input", "[autofocus], .types :checked", ".types input"];
  const field = wanted.map((each) => first(each, card)).find(Boolean);
  if (!field) return go(card);
  field.focus({ preventScroll: true });
  const { from, to } = field.closest("[data-from]")?.dataset || { from: field.value.length, to: field.value.length };
  if (field.matches("textarea")) field.setSelectionRange(Number(from), Number(to));
  // From here on the layout is read. What is typed is shown below its field as a redline, with what the checks say of it.
  reveal(card, field.matches(".editing textarea") ? field.offsetHeight + 96 : 0);
  const box = field.getBoundingClientRect();
  if (!field.matches("textarea")) {
    if (box.top < 0 || box.bottom > innerHeight) field.scrollIntoView({ block: "nearest" });
    return;
  }
  const line = box.top + (box.height * to) / (field.value.length || 1); // about where the cursor is in a long text
  if (line < 0 || line > innerHeight) scrollBy(0, line - innerHeight / 2);
  first(".conflict", card)?.scrollIntoView({ block: "nearest" }); // both texts are read before one of them is chosen
}

document.addEventListener("segment-changed", (event) => say(event.detail.said));

document.addEventListener("htmx:beforeSwap", (event) => {
  // Signed out meanwhile: the sign-in page, or the page that refuses an old token, must not take the place of what
  // was typed. Every answer of the desk is a fragment, never a whole page.
  if (!isPage(event.detail.xhr)) return;
  event.detail.shouldSwap = false;
  trouble(words("signedOut"), event.detail);
});
document.addEventListener("htmx:sendError", ({ detail }) => trouble(words("offline"), detail));
document.addEventListener("htmx:responseError", ({ detail }) => trouble(words(detail.xhr.status === 503 ? "busy" : "failed"), detail));

function trouble(text, { target }) {
  then = seeking = null;
  const card = target.closest(".segment") || here();
  let line = card && first(".trouble", card);
  if (card && !line) {
    line = document.createElement("p");
    line.className = "trouble error";
    notesOf(card).append(line);
  }
  if (line?.textContent === text && !target.matches(".segment")) return; // what goes on by itself says it once
  if (line) line.textContent = text;
  say(text);
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  // A sign-in in another tab changes the token; the cookie has the newest.
  const token = document.cookie.match(/(?:^|; )(?:csrftoken|__Host-csrf)=([^;]+)/)?.[1];
  if (token && detail.verb === "post") detail.parameters.csrfmiddlewaretoken = token;
});

/* On the way back the browser may take the page as it first came, from before all that was done on it. */
if (arrival?.type === "back_forward" && !arrival.transferSize) location.reload();

const start = location.hash.startsWith("#segment-") && byId(location.hash.slice(1));
const opened = first(".segment.open"); // the page of one segment, with a form open in it
const own = byId(first("#bar")?.dataset.card); // the page of one segment, at rest
current = null;
if (start) go(start);
else if (opened) point(opened), enter(opened);
else if (own) point(own);
else {
  point(first(".queue .segment")); // each entry is there to be decided on: the first key decides
  brought = current;
}
