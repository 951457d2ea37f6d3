/* Marking words: selections in the text of a card, and the form of a flag, which opens in the card without a request. It gets
   the selected words and their offsets in UTF-16 units, and htmx sends it: the server converts the units to code points, checks
   that the words stand there, and answers with the card anew. */
"use strict";

const marking = (() => {
  const chosen = { source: null, target: null, caret: null }; // {card, text, start, end}; start = end for the caret
  const paint = window.CSS?.highlights && new Highlight();
  if (paint) CSS.highlights.set("chosen", paint);

  const textOf = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".text[data-side]");

  /* Places in a text ---------------------------------------------------------------------------------------------- */

  /* The offset of a place (node, offset) in the paragraph's text. */
  function offsetIn(paragraph, node, offset) {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  function rangeOf(paragraph, start, end) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    for (let at = 0, node; (node = walker.nextNode()); at += node.length) {
      if (start >= at && start <= at + node.length) range.setStart(node, start - at);
      if (end >= at && end <= at + node.length) { range.setEnd(node, end - at); break; }
    }
    return range;
  }

  /* Paint a stretch of the text. The class says that it has painted words (desk.css). */
  function paintIn(paragraph, highlight, start, end) {
    paragraph.classList.add("painted");
    highlight.add(rangeOf(paragraph, start, end));
  }

  /* Where each word starts and ends. */
  const wordsOf = (text) => [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((found) => [found.index, found.index + found[0].length]);

  /* A selection grows to whole words and loses the blanks at its edges. */
  function snapped(text, start, end) {
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /\s/.test(text[end - 1])) end -= 1;
    const holds = (at) => wordsOf(text).find(([from, to]) => from < at && at < to);
    return start < end ? [holds(start)?.[0] ?? start, holds(end)?.[1] ?? end] : [start, end];
  }

  /* What is chosen ------------------------------------------------------------------------------------------------ */

  let earlier = { ...chosen }; // what was chosen before the text was entered by keyboard: Escape goes back to it
  let exact = false; // by character, not by word: while Alt is held

  function read() {
    const selection = getSelection();
    const paragraph = selection.rangeCount && textOf(selection.anchorNode);
    if (!paragraph || textOf(selection.focusNode) !== paragraph) return;
    const card = paragraph.closest(".segment").id;
    const range = selection.getRangeAt(0);
    const text = paragraph.textContent;
    const from = offsetIn(paragraph, range.startContainer, range.startOffset);
    const to = offsetIn(paragraph, range.endContainer, range.endOffset);
    const side = paragraph.dataset.side;
    if (![chosen.source, chosen.target, chosen.caret].some((place) => place?.card === card)) forget();
    if (from < to) {
      const [start, end] = exact ? [from, to] : snapped(text, from, to);
      if (start < end) chosen[side] = { card, text, start, end };
    } else if (side === "target" && (paragraph.closest(".open") || document.activeElement === paragraph)) {
      let at = wordsOf(text).find(([start, end]) => start < from && from < end)?.[0] ?? from;
      while (at < text.length && /\s/.test(text[at])) at += 1;
      chosen.caret = { card, text, start: at, end: at };
    }
    show();
  }

  /* Whether words of the card are selected. */
  const holds = (card) => [chosen.source, chosen.target].some((place) => place?.card === card.id);

  /* The words that are selected in the card, of the source if there are any, with their side; null for none. */
  function wordsIn(card) {
    const side = ["source", "target"].find((each) => card && chosen[each]?.card === card.id);
    return side ? { side, words: chosen[side].text.slice(chosen[side].start, chosen[side].end) } : null;
  }

  /* Say in the bar what may be done with selected words, in the folded part of the form which they are. */
  function tellChosen() {
    document.dispatchEvent(new Event("words-chosen"));
    const hint = first("#bar .choosing");
    if (hint) hint.hidden = !here() || !holds(here());
    const line = first("form.flagging .chosen-words");
    if (!line) return;
    const fields = [...first(".fields", line.closest(".words")).querySelectorAll("input")];
    line.textContent = fields.map((field) => field.value).filter(Boolean).join(" · ");
  }

  document.addEventListener("pointed", tellChosen);

  function forget() {
    chosen.source = chosen.target = chosen.caret = null;
    earlier = { ...chosen };
  }

  /* Paint what is chosen, and put it into the open flag form. */
  function show() {
    paint?.clear();
    pointer.hidden = true;
    for (const side of ["source", "target", "caret"]) {
      const place = chosen[side];
      const card = byId(place?.card);
      const paragraph = card && first(`.text[data-side="${side === "caret" ? "target" : side}"]`, card);
      if (!paragraph || paragraph.textContent !== place.text) continue;
      if (side === "caret") pointAt(paragraph, place.start);
      else if (paint) paintIn(paragraph, paint, place.start, place.end);
      fillWords(first("form.flagging", card), side, place);
    }
    tellChosen();
  }

  /* The link of the side panel that adds a term takes the selected words of the segment along. */
  function takeWordsAlong(event) {
    const link = event.target.closest?.("a.add-term");
    if (!link) return;
    const address = new URL(link.href);
    for (const side of ["source", "target"]) {
      const place = chosen[side];
      const found = place && place.card === here()?.id ? place.text.slice(place.start, place.end) : "";
      if (found) address.searchParams.set(side, found);
      else address.searchParams.delete(side);
    }
    link.href = address.href;
  }

  document.addEventListener("pointerdown", takeWordsAlong);
  document.addEventListener("click", takeWordsAlong);

  /* The form of a flag -------------------------------------------------------------------------------------------- */

  /* Where the target shows a correction the server sends the card with the machine's text, which the words are in. */
  const opensFormHere = (card) => acts.isClosed(card, "flag-form") && !first(".changes", card);

  /* A copy of the page's form, with the address and the revision of the segment, to which htmx posts it; the answer is the
     card anew. The button of a flag and its key come here; where the form cannot open here, the server brings it. */
  function openForm(card) {
    // Where a tap or a click chose the segment is no place for missing words.
    if (getSelection().isCollapsed) getSelection().removeAllRanges();
    const form = acts.formFor(card, "flag-form");
    const place = document.createElement("div");
    place.className = "form local";
    place.append(form);
    card.append(place);
    acts.open(card, place, "flag");
    show();
    return form;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest('[data-move="flag"][data-swaps]');
    const card = button && (button.closest(".segment") || here());
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!card || opensElsewhere || !opensFormHere(card)) return;
    event.preventDefault();
    openForm(card);
    enter(card);
  }, true);

  /* The words, and where they stand; for the caret the words after it, and where these begin. */
  function fillWords(form, side, { text, start, end }) {
    if (!form) return;
    if (side === "caret") {
      const following = text.slice(start).trim().split(/\s+/).slice(0, 4).join(" ");
      form.elements.before_words.value = following || "[end]";
      form.elements.caret_at.value = `${start}`;
      return;
    }
    first(".words", form).open = false;
    form.elements[`${side}_words`].value = text.slice(start, end);
    form.elements[`${side}_at`].value = `${start}-${end}`;
  }

  /* Flag the selected words as the type of the digit, by the same form. Returns whether it could. */
  function flagAs(digit, card) {
    if (!acts.allows(card, "flag") || !opensFormHere(card)) return false;
    const form = openForm(card);
    first(`[data-digit="${digit}"] input`, form).checked = true;
    form.requestSubmit();
    return true;
  }

  /* A bar where the caret is: the browser draws none in a text that cannot be edited. */
  const pointer = document.createElement("i");
  pointer.className = "pointer";
  pointer.hidden = true;
  document.body.append(pointer);

  function pointAt(paragraph, at) {
    const box = rangeOf(paragraph, at, at).getClientRects()[0];
    pointer.hidden = !box;
    if (box) Object.assign(pointer.style, { left: `${box.left + scrollX}px`, top: `${box.top + scrollY}px`, height: `${box.height}px` });
  }

  /* Where the words chosen in a card begin, by side: where to split it. */
  function places(card) {
    const found = { source_at: chosen.source, target_at: chosen.caret || chosen.target };
    return Object.fromEntries(Object.entries(found).filter(([, place]) => place?.card === card).map(([name, place]) => [name, place.start]));
  }

  /* By mouse and by touch ----------------------------------------------------------------------------------------- */

  document.addEventListener("pointerup", (event) => {
    exact = event.altKey;
    read();
    earlier = { ...chosen };
  });

  /* By touch the words are chosen with the handles, which send no pointer events, and a tap sets no caret. */
  let touched = false;
  let rest = 0;
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
  document.addEventListener("selectionchange", () => {
    clearTimeout(rest);
    if (touched) rest = setTimeout(() => { exact = false; read(); }, 150);
  });
  document.addEventListener("click", ({ target, clientX, clientY }) => {
    if (!touched || !textOf(target)?.closest(".open")) return;
    const place = document.caretPositionFromPoint?.(clientX, clientY);
    const range = place ? { startContainer: place.offsetNode, startOffset: place.offset } : document.caretRangeFromPoint(clientX, clientY);
    getSelection().collapse(range.startContainer, range.startOffset);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.detail.target?.matches?.(".segment")) return;
    if (!first(".segment.open")) forget();
    show();
  });

  /* What was searched for, in the texts that came for it ---------------------------------------------------------- */

  const sought = new URLSearchParams(location.search).get("search")?.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const found = sought && window.CSS?.highlights && new Highlight();
  if (found) CSS.highlights.set("found", found);

  function showFound() {
    found.clear();
    for (const paragraph of all(".side.text")) {
      for (const { index, 0: { length } } of paragraph.textContent.matchAll(new RegExp(sought, "giu"))) {
        paintIn(paragraph, found, index, index + length);
      }
    }
  }
  if (found) showFound(), document.addEventListener("htmx:afterSettle", showFound);

  /* By keyboard: an arrow marks the next word, Shift stretches, Alt sets the caret and with Shift stretches by character, Enter
     keeps, Escape leaves ---------------------------------------------------------------------------------------------- */

  function begin(side) {
    const paragraph = here() && first(`.text[data-side="${side}"]`, here());
    if (!paragraph) return;
    earlier = { ...chosen };
    paragraph.tabIndex = -1;
    paragraph.focus();
    const [start, end] = wordsOf(paragraph.textContent)[0] || [0, 0];
    select(paragraph, start, end);
    keep(paragraph);
  }

  function select(paragraph, anchor, focus) {
    const [from, to] = [rangeOf(paragraph, anchor, anchor), rangeOf(paragraph, focus, focus)];
    getSelection().setBaseAndExtent(from.startContainer, from.startOffset, to.startContainer, to.startOffset);
    exact = false;
  }

  /* What is marked counts at once, as with a mouse; into an open form it goes with Enter. */
  function keep(paragraph) {
    const { isCollapsed, focusNode, focusOffset } = getSelection();
    if (!paragraph.closest(".open")) {
      Object.assign(chosen, earlier);
      read();
    }
    if (isCollapsed) pointAt(paragraph, offsetIn(paragraph, focusNode, focusOffset));
  }

  const selectedIn = (paragraph) => {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    return [offsetIn(paragraph, anchorNode, anchorOffset), offsetIn(paragraph, focusNode, focusOffset)];
  };

  /* Mark the next word, or the one before. */
  function walk(paragraph, forward) {
    const [from, to] = selectedIn(paragraph).sort((one, other) => one - other);
    const list = wordsOf(paragraph.textContent);
    const found = forward ? list.find(([start]) => start >= to) : list.findLast(([, end]) => end <= from);
    if (found) select(paragraph, ...found);
  }

  /* Stretch the selection by a word, or take one off; the word from which it began stays in it. */
  function stretch(paragraph, forward) {
    const [anchor, focus] = selectedIn(paragraph);
    const list = wordsOf(paragraph.textContent);
    const isForward = anchor < focus || (anchor === focus && forward);
    const begun = isForward ? list.findIndex(([, end]) => end > anchor) : list.findLastIndex(([start]) => start < anchor);
    const reached = isForward ? list.findLastIndex(([start]) => start < focus) : list.findIndex(([, end]) => end > focus);
    const wanted = anchor === focus ? begun : reached + (forward ? 1 : -1);
    const [from, to] = [list[begun], list[wanted]];
    if (!from || !to) return;
    if (wanted >= begun) select(paragraph, from[0], to[1]);
    else select(paragraph, from[1], to[0]);
  }

  /* Mark the word in the line below, or above. */
  function walkLines(paragraph, forward) {
    nudge(paragraph, forward, false, "line");
    const [, at] = selectedIn(paragraph);
    const list = wordsOf(paragraph.textContent);
    const found = list.find(([, end]) => end > at) || list.at(-1);
    if (found) select(paragraph, ...found);
  }

  function nudge(paragraph, forward, stretching, unit) {
    const selection = getSelection();
    const ways = forward ? ["forward", "backward"] : ["backward", "forward"];
    selection.modify(stretching ? "extend" : "move", ways[0], unit);
    if (textOf(selection.focusNode) !== paragraph) selection.modify(stretching ? "extend" : "move", ways[1], unit);
    exact = unit === "character";
  }

  function move(paragraph, forward, { key, shiftKey, altKey }) {
    const isLine = /Up|Down/.test(key);
    if (isLine && !shiftKey) walkLines(paragraph, forward);
    else if (isLine || altKey) nudge(paragraph, forward, shiftKey, isLine ? "line" : "character");
    else if (shiftKey) stretch(paragraph, forward);
    else walk(paragraph, forward);
    keep(paragraph);
  }

  document.addEventListener("keydown", (event) => {
    const paragraph = textOf(event.target);
    if (!paragraph) return;
    const card = paragraph.closest(".segment");
    const arrow = { ArrowRight: true, ArrowLeft: false, ArrowDown: true, ArrowUp: false }[event.key];
    if (arrow !== undefined) move(paragraph, arrow, event);
    else if (event.key === "Escape") leave(card);
    else if (event.key === "Enter" || event.key === "f") {
      read();
      if (card.matches(".open")) back(card);
      else press("flag");
    } else {
      if (event.key.length === 1) read(); // a key of the desk: it may ask for the words
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }, true);

  function leave(card) {
    getSelection().removeAllRanges();
    if (!card.matches(".open")) {
      Object.assign(chosen, earlier);
      show();
    }
    back(card);
  }

  /* From the text to the form that asked for its words, or to the card. */
  function back(card) {
    pointer.hidden = !chosen.caret;
    (first("form.flagging [type=radio]:checked, form.flagging [type=radio]", card) || card).focus();
  }

  return { begin, flagAs, holds, offsetIn, openForm, opensFormHere, paintIn, places, wordsIn };
})();
