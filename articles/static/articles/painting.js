/* What the first frame of the desk leaves out, and what a key leaves for after its frame. */
"use strict";

/* What can wait until the page is painted. A task of a name replaces the one that waits under it. ------------------ */

const waiting = new Map();

const whenIdle = window.requestIdleCallback || setTimeout;

function afterPaint(name, task) {
  if (!waiting.size) requestAnimationFrame(() => whenIdle(catchUp, { timeout: 100 }));
  waiting.set(name, task);
}

/* Do now what waits: before anything that relies on it. */
function catchUp() {
  const tasks = [...waiting.values()];
  waiting.clear();
  for (const task of tasks) task();
}
// Before a field changes, not after: htmx sends what differs from what it saw first.
for (const act of ["pointerdown", "click", "beforeinput", "submit"]) document.addEventListener(act, catchUp, true);
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Tab") return;
  bring();
  catchUp();
}, true);

/* What the page does when it is there ------------------------------------------------------------------------------------ */

/* The first frame of a page leaves out the cards below the window (chunk.html, desk.css), so that it can be read and answers
   keys sooner. They come right after it, in two parts, or at once when one of them is asked for. */
let below = first(".below");

const isBelow = (card) => below?.contains(card) ?? false;

function bring(count = Infinity) {
  if (!below) return;
  below.before(...[...below.children].slice(0, count));
  if (below.children.length) return;
  below.remove();
  below = null;
}

/* The cards, then the form of a flag, one after the other: between them the browser is free for keys. */
const PAUSE = 100; // milliseconds
const half = Math.ceil((below?.children.length || 0) / 2);
const steps = [() => bring(half), () => bring(), () => acts.rehearse("flag-form")];

function prepare() {
  const next = () => { steps.shift()(); if (steps.length) prepare(); };
  const soon = () => whenIdle(next, below ? { timeout: PAUSE } : undefined);
  requestAnimationFrame(() => setTimeout(soon, PAUSE));
}
addEventListener("load", prepare);

if (location.hash || arrival?.type !== "navigate") bring(); // the page may begin further down
for (const act of ["wheel", "scroll", "touchstart", "beforeprint"]) addEventListener(act, () => bring(), { capture: true, passive: true });
