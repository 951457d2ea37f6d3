/* Marking words: selections over the real text of a card. The flag form gets the words and their place in UTF-16
   units; the server turns units into characters and checks that the words stand there. */
"use strict";

const marking = (() => {
  const chosen = { source: null, target: null, caret: null }; // {card, text, start, end}; start = end for the caret
  const paint = window.CSS?.highlights && new Highlight();
  if (paint) CSS.highlights.set("chosen", paint);

  const textOf = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".text[data-side]");

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

  const WORD = /[\p{L}\p{N}\p{M}]/u;
  const letter = (text, at) => {
    if (at < 0 || at >= text.length) return false;
    const low = text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;
    return WORD.test(String.fromCodePoint(text.codePointAt(low ? at - 1 : at)));
  };

  /* A selection grows to whole words and loses the blanks at its edges. */
  function snapped(text, start, end) {
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /\s/.test(text[end - 1])) end -= 1;
    while (start < end && letter(text, start - 1) && letter(text, start)) start -= 1;
    while (start < end && letter(text, end - 1) && letter(text, end)) end += 1;
    return [start, end];
  }

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
    if (chosen.source?.card !== card && chosen.target?.card !== card && chosen.caret?.card !== card) forget();
    if (from === to) {
      if (side !== "target" || !(paragraph.closest(".open") || document.activeElement === paragraph)) return;
      let at = from;
      while (at > 0 && letter(text, at - 1) && letter(text, at)) at -= 1;
      while (at < text.length && /\s/.test(text[at])) at += 1;
      chosen.caret = { card, text, start: at, end: at };
    } else {
      const [start, end] = exact ? [from, to] : snapped(text, from, to);
      if (start < end) chosen[side] = { card, text, start, end };
    }
    show();
  }

  function forget() {
    chosen.source = chosen.target = chosen.caret = null;
  }

  /* Put what is chosen into the open flag form, and paint it. */
  function show() {
    paint?.clear();
    for (const side of ["source", "target", "caret"]) {
      const place = chosen[side];
      const card = place && document.getElementById(place.card);
      const paragraph = card?.querySelector(`.text[data-side="${side === "caret" ? "target" : side}"]`);
      if (!paragraph || paragraph.textContent !== place.text) continue;
      if (side !== "caret") paint?.add(rangeOf(paragraph, place.start, place.end));
      const form = card.querySelector("form.flagging");
      if (!form) continue;
      const words = side === "caret" ? place.text.slice(place.start).trim().split(/\s+/).slice(0, 4).join(" ") || "[end]" : place.text.slice(place.start, place.end);
      form.elements[side === "caret" ? "before_words" : `${side}_words`].value = words;
      form.elements[`${side}_at`].value = side === "caret" ? `${place.start}` : `${place.start}-${place.end}`;
    }
  }

  let exact = false; // by character, not by word: while Alt is held
  document.addEventListener("pointerup", (event) => { exact = event.altKey; read(); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.matches?.(".segment")) show();
    if (!document.querySelector(".segment.open")) { forget(); paint?.clear(); }
  });

  /* Choosing with the keyboard: arrows walk by word, Shift stretches, Alt+Shift by character, Enter keeps, Escape leaves. */
  function begin(side) {
    const card = document.querySelector(".segment.current");
    const paragraph = card?.querySelector(`.text[data-side="${side}"]`);
    if (!paragraph) return;
    paragraph.tabIndex = -1;
    paragraph.focus();
    const size = paragraph.textContent.match(/^\S+/)?.[0].length || 0;
    const range = rangeOf(paragraph, 0, size);
    getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

  /* Where the words chosen in a card begin, by side: where to split it. */
  function places(card) {
    const found = { source_at: chosen.source, target_at: chosen.caret || chosen.target };
    return Object.fromEntries(Object.entries(found).filter(([, place]) => place?.card === card).map(([name, place]) => [name, place.start]));
  }

  document.addEventListener("keydown", (event) => {
    const paragraph = event.target.closest?.(".text[data-side]");
    if (!paragraph) return;
    const way = { ArrowRight: "forward", ArrowLeft: "backward", ArrowDown: "forward", ArrowUp: "backward" }[event.key];
    const selection = getSelection();
    if (way) {
      const unit = event.key === "ArrowDown" || event.key === "ArrowUp" ? "line" : event.altKey ? "character" : "word";
      selection.modify(event.shiftKey ? "extend" : "move", way, unit);
      if (textOf(selection.focusNode) !== paragraph) selection.modify(event.shiftKey ? "extend" : "move", way === "forward" ? "backward" : "forward", unit);
      exact = event.altKey;
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" || event.key === "f") {
      read();
      const card = paragraph.closest(".segment");
      event.preventDefault();
      event.stopPropagation();
      if (card.matches(".open")) back(card);
      else card.querySelector('[data-act="flag"]')?.click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      back(paragraph.closest(".segment"));
    } else if (event.key.length === 1) {
      read(); // a key of the desk: it may ask for the words
    }
  }, true);

  /* From the text to the form that asked for its words, or to the card. */
  function back(card) {
    const field = card.querySelector("form.flagging [type=radio]:checked, form.flagging [type=radio]");
    (field || card).focus();
  }

  return { begin, places };
})();
