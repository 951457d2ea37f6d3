/* The acts on the current segment. A page holds each button once, in a <template>. They are copied for the current card:
   the acts on the segment and on its current finding into the bar, those on a flag into its note. The card says which moves
   are allowed (data-moves) and why others are not (data-refused); nothing is decided here. */
"use strict";

const acts = (() => {
  const ADDRESSES = ["href", "formaction", "action", "hx-post"];
  const numberOf = (element) => element.id.split("-")[1];
  const movesOf = (element) => (element.dataset.moves || "").split(" ");
  const allows = (card, move) => movesOf(card).includes(move);

  /* The addresses in a template have 0 in the place of each number: the segment's, then the row's. */
  function fillAddress(element, numbers) {
    for (const name of ADDRESSES) {
      const pattern = element.getAttribute(name);
      if (!pattern) continue;
      const left = [...numbers];
      element.setAttribute(name, pattern.replace(/\/0(?=\/)/g, () => `/${left.shift()}`));
    }
  }

  /* A copy of a template's buttons: those of the moves, with the numbers in their addresses. */
  function copy(name, moves, numbers) {
    const buttons = document.importNode(byId(name).content, true);
    for (const button of all("[data-move]", buttons)) {
      if (!moves.includes(button.dataset.move)) button.remove();
    }
    for (const button of all("[href], [formaction]", buttons)) {
      if (!button.matches("[data-about]")) fillAddress(button, numbers);
    }
    return buttons;
  }

  /* The buttons of the acts on a segment. */
  function ofSegment(card) {
    const refused = JSON.parse(card.dataset.refused || "{}");
    const moves = [...movesOf(card), ...Object.keys(refused)];
    if (card.dataset.undo) moves.push("undo");
    if (card.dataset.alike) moves.push("alike");
    const buttons = copy("segment-acts", moves, [numberOf(card), card.dataset.correction]);
    for (const button of all("[data-move]", buttons)) {
      const { move } = button.dataset;
      if (move === "undo") button.setAttribute("formaction", card.dataset.undo);
      if (move === "alike") button.textContent = button.textContent.replace("0", card.dataset.alike);
      if (refused[move]) button.replaceWith(refusedButton(button, refused[move]));
    }
    undoIn(buttons)?.setAttribute("aria-keyshortcuts", "u");
    return buttons;
  }

  function refusedButton(button, reason) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = button.textContent;
    made.dataset.act = button.dataset.act;
    made.dataset.why = reason;
    made.setAttribute("aria-disabled", "true");
    made.setAttribute("aria-describedby", "why-not");
    return made;
  }

  /* The button that the key for undo presses: the undo of the last act, else to reopen or to withdraw. */
  const undoIn = (buttons) => first('[data-move="undo"]', buttons) || first('[data-act="undo"]:not([aria-disabled])', buttons);

  /* What takes the last act on a card back, as a button that stands nowhere: the key for it works from any segment. */
  const undoOf = (card) => card && "moves" in card.dataset && undoIn(ofSegment(card));

  /* Bar ---------------------------------------------------------------------------------------------------------- */

  function showBar(card) {
    const bar = byId("bar");
    if (!bar) return;
    bar.hidden = card.matches(".open"); // its form has its own buttons
    if (bar.hidden) return;
    placeSoon();
    bar.setAttribute("aria-label", card.getAttribute("aria-label"));
    first(".hint", bar).hidden = true;
    first(".of", bar).textContent = card.dataset.position;
    const buttons = ofSegment(card);
    showOtherUndo(card, buttons);
    first(".acts", bar).replaceChildren(buttons);
    showReasons(card, first(".why", bar));
  }

  /* The bar stands after its card, where the Tab key and a screen reader find it; it is seen at the window's edge wherever
     it stands. To move it styles the cards anew, so that it waits until the browser has nothing else to do. */
  function placeBar() {
    placing = null;
    const card = here();
    if (card && card.nextElementSibling !== byId("bar")) card.after(byId("bar"));
  }

  let placing = null;
  const idle = window.requestIdleCallback || setTimeout;
  function placeSoon() {
    placing ??= idle(placeBar);
  }

  document.addEventListener("keydown", (event) => { if (event.key === "Tab" && placing !== null) placeBar(); }, true);

  /* The cursor may have gone on since the last act: its undo is offered on any segment, behind the acts on this one, which
     stay where the mouse pressed them. */
  function showOtherUndo(card, buttons) {
    const other = byId(acted);
    if (!other?.dataset.undo || other === card || card.dataset.undo) return;
    const undo = undoOf(other);
    undo.dataset.of = other.id;
    if (first('[data-act="undo"]', buttons)) undo.removeAttribute("aria-keyshortcuts"); // the key is for the current segment
    undo.append(` (${other.dataset.position})`);
    first('[data-act="pairing"]', buttons).before(undo);
  }

  function showReasons(card, line) {
    const reasons = Object.values(JSON.parse(card.dataset.refused || "{}"));
    if (allows(card, "reopen") && first("#stage .sign-off-state.done")) reasons.push(words("signedOff"));
    line.hidden = !reasons.length;
    line.textContent = [...new Set(reasons)].join(" ");
    if (!card.dataset.inTheWay) return;
    const link = document.importNode(byId("show-flag").content.firstElementChild, true);
    link.hash = card.dataset.inTheWay;
    line.append(" ", link);
  }

  /* Notes -------------------------------------------------------------------------------------------------------- */

  function ofNote(note, card) {
    const numbers = [numberOf(card), numberOf(note)];
    return note.matches(".flag") ? copy("flag-acts", movesOf(note), numbers) : copy("dismissed-acts", movesOf(card), numbers);
  }

  /* The buttons of the current finding, in the bar behind those of its segment; their group is called as the finding says. */
  function showFinding(note) {
    const place = first("#bar .of-finding");
    if (!place) return;
    const brought = !note || first("form.acts", note); // the page of one segment has them in the note
    const buttons = brought ? [] : ofFinding(note, note.closest(".segment"));
    place.replaceChildren(...buttons);
    place.hidden = !buttons.length;
    if (!place.hidden) place.setAttribute("aria-label", first("span", note).textContent);
  }

  function ofFinding(note, card) {
    const buttons = first("form", copy("finding-acts", movesOf(card), [numberOf(card), numberOf(note)]));
    const about = first("[data-about]", buttons);
    if (note.dataset.check) fillAddress(about, [note.dataset.check]);
    else about.remove();
    return [...buttons.children];
  }

  function showInNotes(card) {
    if (!byId("flag-acts") || card.matches(".open")) return;
    for (const note of all(".note[id]:not(.finding)", card)) {
      if (first("form.acts", note)) continue; // the page of one segment brings them along
      const buttons = ofNote(note, card);
      if (!first("a, button", buttons)) continue;
      first("form.acts", buttons).classList.add("copied");
      note.append(buttons);
    }
  }

  let shownIn = null; // the element that has the copies

  /* The card is the current one, and no other. With `anew` the copies in the same card are replaced: while htmx swaps it,
     it has the attributes of the old one for a moment. Without, they stay: one of them may have the focus. */
  function show(card, { anew = false } = {}) {
    if (card === shownIn && !anew) return;
    shownIn = card;
    for (const copied of all(".acts.copied")) copied.remove();
    showInNotes(card);
    showBar(card);
  }

  /* Forms that open here ------------------------------------------------------------------------------------------- */

  /* Two forms stand in the page once, in a template, so that they open without a request; their answer is the card anew. */
  function formFor(card, name) {
    const number = numberOf(card);
    const form = document.importNode(byId(name).content, true).firstElementChild;
    for (const each of [form, ...all("[href], [formaction], [hx-post]", form)]) fillAddress(each, [number]);
    for (const attribute of ["id", "for", "aria-describedby", "hx-target"]) {
      for (const each of all(`[${attribute}]`, form)) {
        each.setAttribute(attribute, each.getAttribute(attribute).replace(/([_-])0(?!\d)/, `$1${number}`));
      }
    }
    form.elements.revision.value = card.dataset.revision;
    form.setAttribute("hx-post", form.getAttribute("action"));
    form.setAttribute("hx-target", "closest .segment");
    form.setAttribute("hx-swap", "outerHTML");
    return form;
  }

  /* Lay a form out once where nobody sees it. Its first opening takes half as long again as later ones: its code is compiled,
     its styles and letters are looked up. */
  function rehearse(name) {
    const card = first(".segment[data-moves]");
    if (!card || !byId(name)) return;
    const place = document.createElement("div");
    place.className = "rehearsal";
    place.append(formFor(card, name));
    document.body.append(place);
    place.getBoundingClientRect(); // so that it is laid out
    place.remove();
  }

  function open(card, place, kind) {
    card.classList.add("open", kind);
    afterPaint("form", () => {
      htmx.process(place);
      show(card, { anew: true });
    });
  }

  function close(card, kind) {
    card.classList.remove("open", kind);
    show(card, { anew: true });
    card.focus({ preventScroll: true });
  }

  const isClosed = (card, form) => byId(form) && !card.matches(".open");

  /* With a correction only the server knows which text the editor begins with. */
  const editsHere = (card) => isClosed(card, "edit-form") && !card.matches("[data-corrected]")
    && Boolean(first("[data-side=target]", card));

  const restingSides = new WeakMap(); // the target of a card whose editor was opened here

  function openEditor(card) {
    const side = first("[data-side=target]", card);
    const text = side.textContent;
    const form = formFor(card, "edit-form");
    const place = document.createElement("div");
    place.className = "side target local";
    form.elements.begun.value = text;
    const box = form.elements.text;
    box.rows = 2 + Math.floor(text.length / 60);
    box.defaultValue = text;
    selectFlagged(card, first(".draft-box", form));
    place.append(form);
    restingSides.set(card, side);
    side.replaceWith(place);
    open(card, place, "edit");
    document.dispatchEvent(new CustomEvent("editor-opened", { detail: card }));
  }

  /* The words of the newest open flag are selected, or the cursor stands where it misses some. */
  function selectFlagged(card, draftBox) {
    if (!card.dataset.flagged) return;
    const [from, to] = card.dataset.flagged.split(" ");
    Object.assign(draftBox.dataset, { from, to });
  }

  /* Close the form that was opened here. An editor in which something was typed may have a draft: the server shows it. */
  function closeHere(card, link) {
    const box = first("form.editing textarea", card);
    if (box && (box.value !== box.defaultValue || box.dataset.saved !== undefined)) return send(link, card);
    if (!box) return first(".form.local", card).remove(), close(card, "flag");
    const place = first(".target.local", card);
    place.before(restingSides.get(card));
    htmx.remove(place); // its listeners learn of it
    close(card, "edit");
  }

  /* Requests ----------------------------------------------------------------------------------------------------- */

  /* Do what the button says: its answer is the card anew. */
  function send(button, card) {
    if (button.dataset.move === "edit" && editsHere(card)) return openEditor(card), enter(card);
    const posts = button.hasAttribute("formaction");
    const address = button.getAttribute(posts ? "formaction" : "href");
    const values = posts ? { revision: card.dataset.revision } : {};
    const request = htmx.ajax(posts ? "POST" : "GET", address, { source: card, target: card, swap: "outerHTML", values });
    request?.catch(() => {}); // what went wrong is said by the listeners for htmx's own events
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('.local [data-act="close"]');
    if (!link) return;
    event.preventDefault();
    closeHere(link.closest(".segment"), link);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-swaps]");
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!button || event.defaultPrevented || opensElsewhere) return;
    const card = byId(button.dataset.of) || button.closest(".segment") || here();
    if (!card) return;
    event.preventDefault();
    send(button, card);
  });

  return { allows, formFor, isClosed, open, rehearse, send, show, showFinding, undoOf };
})();
