/* The findings of the current card: which of them the keys mean, how a key goes from one to the next, and how a finding and its
   words light up together. */
"use strict";

let doubt = null; // the id of the finding that Enter and x act on
let reached = null; // the id of the finding that a person went to: the next finding is behind it
let place = 0; // which of the card's findings the keys meant, before the card was replaced

/* The findings of a card that are shown. */
function findings(card) {
  if (isBelow(card)) bring();
  return all(".note.finding", card).filter(shown);
}

function mean(note) {
  all(".meant").forEach((each) => each.classList.remove("meant"));
  note?.classList.add("meant");
  doubt = note?.id;
  afterPaint("finding", () => acts.showFinding(byId(doubt)));
}

/* A person goes to a finding. */
function reach(note) {
  mean(note);
  reached = note.id;
}

/* The findings of the current card that come next: the one that the keys mean is among them until a person went to it. */
function findingsAhead() {
  const list = here() ? findings(here()) : [];
  const at = list.findIndex((note) => note.id === doubt);
  return list.slice(doubt === reached ? at + 1 : Math.max(at, 0));
}

/* Go to the next finding of the card for which `wanted` is true, else to the first in a later card that is not done. */
function stepFinding(wanted = () => true) {
  const show = (note) => { reach(note); say(first("span", note).textContent); lightUp([note.id]); };
  const next = findingsAhead().find(wanted);
  if (next) show(next);
  else step(1, (card) => unfinished(card) && findings(card).some(wanted), () => show(findings(here()).find(wanted)));
}

/* Before a card is replaced: which of its findings the keys mean. */
function rememberMeant(card) {
  place = findings(card).findIndex((note) => note.id === doubt);
}

/* Where the finding that the keys meant is decided on, they mean the one behind it. If there is none they mean one that was
   passed over: the next finding is in a later card. */
function meanFollowing(card) {
  const list = findings(card);
  if (place < 0 || list.some((note) => note.id === doubt)) return;
  const last = list.at(-1);
  doubt = (list[place] || last)?.id;
  if (place >= list.length) reached = last?.id;
}

const isOmission = (note) => note.matches(".omission");
const hasOmission = (card) => unfinished(card) && findings(card).some(isOmission);

/* Dismiss the current finding without asking for a reason. */
function dismissAsFalse() {
  const button = buttonOf("dismiss");
  if (!button) return tell(words("nothing"));
  const values = { revision: here().dataset.revision, reason: "wrong" };
  htmx.ajax("POST", button.getAttribute("href"), { source: here(), target: here(), swap: "outerHTML", values })?.catch(() => {});
}

/* Marks and their notes light up together ------------------------------------------------------------------------ */

function lightUp(names) {
  all(".lit").forEach((each) => each.classList.remove("lit"));
  for (const name of names) {
    byId(name)?.classList.add("lit");
    all(`[data-notes~="${name}"]`).forEach((each) => each.classList.add("lit"));
  }
}

function light(event) {
  const mark = event.target.closest?.("[data-notes]");
  const note = event.target.closest?.(".of-finding") ? byId(doubt) : event.target.closest?.(".note[id]");
  lightUp(mark ? mark.dataset.notes.split(" ") : note ? [note.id] : []);
}
document.addEventListener("pointerover", light);
document.addEventListener("focusin", light);
