/* A word that the pointer rests on, or that a finger touches, lights up with its counterpart in the other language. Which
   words belong together is asked for once a segment; a person may switch it off in the preferences. */
"use strict";

(() => {
  const address = byId("panel")?.dataset.links;
  const isWanted = address && window.CSS?.highlights && document.documentElement.dataset.counterparts !== "off";
  if (!isWanted) return;
  const REST = 250; // milliseconds on a word before it is asked for
  const paint = new Highlight();
  CSS.highlights.set("counterpart", paint);
  const answers = new Map(); // the id of a card → its links
  let rest = 0;

  function linksOf(card) {
    if (!answers.has(card.id)) {
      const asked = fetch(address.replace("/0/", `/${card.id.split("-")[1]}/`));
      const links = asked.then((answer) => (answer.ok ? answer.json() : Promise.reject(answer))).then((found) => found.links);
      // The desk works without them; the next time they are asked for again.
      answers.set(card.id, links.catch(() => (answers.delete(card.id), [])));
    }
    return answers.get(card.id);
  }

  /* Where in its text the pointer is, in UTF-16 units; null beside the letters. */
  function offsetUnder(paragraph, { clientX, clientY }) {
    const place = document.caretPositionFromPoint?.(clientX, clientY);
    const range = place ? null : document.caretRangeFromPoint?.(clientX, clientY);
    const node = place ? place.offsetNode : range?.startContainer;
    if (!node || !paragraph.contains(node)) return null;
    return marking.offsetIn(paragraph, node, place ? place.offset : range.startOffset);
  }

  async function light(paragraph, event) {
    const card = paragraph.closest(".segment");
    if (!card) return; // an act has replaced it meanwhile
    const offset = offsetUnder(paragraph, event);
    const sides = ["source", "target"].map((side) => first(`.text[data-side="${side}"]`, card));
    if (offset === null || !sides[0] || !sides[1]) return;
    const own = paragraph.dataset.side === "source" ? 0 : 2;
    const links = await linksOf(card);
    if (!paragraph.isConnected) return;
    paint.clear();
    for (const link of links) {
      if (offset < link[own] || offset > link[own + 1]) continue;
      marking.paintIn(sides[0], paint, link[0], link[1]);
      marking.paintIn(sides[1], paint, link[2], link[3]);
    }
  }

  function follow(event) {
    clearTimeout(rest);
    const paragraph = event.target.closest?.(".segment:not(.open) .text[data-side]");
    if (!paragraph) return paint.clear();
    rest = setTimeout(() => light(paragraph, event), event.type === "pointermove" ? REST : 0);
  }

  document.addEventListener("pointermove", (event) => event.pointerType === "mouse" && !event.buttons && follow(event), { passive: true });
  document.addEventListener("pointerdown", (event) => event.pointerType !== "mouse" && follow(event), { passive: true });
})();
