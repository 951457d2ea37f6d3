/* The side panel: glossary, earlier corrections and history of the current segment. What it shows is fetched when a person
   rests on a segment while it is open, once for each state of the segment; keys never wait for it. */
"use strict";

(() => {
  const panel = byId("panel");
  if (!panel) return;
  const KEPT = "panel-open";
  const answers = new Map(); // the state of a segment → its answer
  const stateOf = (card) => `${card.id} ${card.dataset.revision}`;
  let shown = ""; // the state that the panel shows
  let rest = 0;

  function ask(card) {
    const address = panel.dataset.address.replace("/0/", `/${card.id.split("-")[1]}/`);
    const answer = fetch(address, { headers: { "HX-Request": "true" } });
    return answer.then((found) => (found.ok && !found.redirected ? found.text() : Promise.reject(found)));
  }

  async function load(card) {
    const state = stateOf(card);
    if (state === shown) return;
    const before = topOfDrawer();
    if (!answers.has(state)) {
      fill("");
      panel.setAttribute("aria-busy", "true");
      answers.set(state, ask(card));
    }
    let text = "";
    try {
      text = await answers.get(state);
    } catch {
      answers.delete(state); // it is asked for again when the segment is the current one again
    }
    if (!here() || stateOf(here()) !== state) return; // a later segment is on its way
    panel.removeAttribute("aria-busy");
    fill(text, state);
    const lower = here().getBoundingClientRect().bottom;
    if (lower <= before && lower > topOfDrawer()) reveal(here()); // the drawer has become higher
  }

  function fill(text, state = "") {
    shown = text && state;
    first(".content", panel).innerHTML = text;
    document.dispatchEvent(new Event("panel-filled"));
  }

  function follow() {
    clearTimeout(rest);
    if (!panel.hidden && here()) rest = setTimeout(() => load(here()), 200);
  }

  function open(wanted) {
    panel.hidden = !wanted;
    document.documentElement.toggleAttribute("data-panel", wanted);
    for (const button of all('[data-act="panel"]')) button.setAttribute("aria-expanded", wanted);
    try { localStorage.setItem(KEPT, wanted ? "1" : ""); } catch { /* it is closed on the next page */ }
    if (wanted && here()) reveal(here());
    follow();
  }

  moves.panel = () => open(panel.hidden);
  document.addEventListener("pointed", follow);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    open(false);
    here()?.focus({ preventScroll: true });
  });
  try {
    // On a narrow window it would take room from what is to be read.
    if (localStorage.getItem(KEPT) && matchMedia("(width >= 90rem)").matches) open(true);
  } catch { /* nothing is kept */ }
})();
