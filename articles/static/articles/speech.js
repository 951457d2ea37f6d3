/* Reading aloud: a key has the browser's own voice read the translation of the current segment, as it stands there, and
   marks the word that is spoken. The key stops it, too. */
"use strict";

(() => {
  const spoken = window.CSS?.highlights && new Highlight();
  if (spoken) CSS.highlights.set("spoken", spoken);

  /* The pieces of a paragraph that are read: what was taken out by a correction is not. */
  function piecesOf(paragraph) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const pieces = [];
    let length = 0;
    for (let node; (node = walker.nextNode()); ) {
      if (node.parentElement.closest("del")) continue;
      pieces.push({ node, from: length });
      length += node.length;
    }
    return pieces;
  }

  function place(pieces, offset) {
    const piece = pieces.findLast(({ from }) => from <= offset);
    return [piece.node, Math.min(offset - piece.from, piece.node.length)];
  }

  function mark(pieces, { charIndex, charLength }) {
    if (!spoken || !charLength) return;
    const range = document.createRange();
    range.setStart(...place(pieces, charIndex));
    range.setEnd(...place(pieces, charIndex + charLength));
    spoken.clear();
    spoken.add(range);
  }

  function stop() {
    speechSynthesis.cancel();
    spoken?.clear();
  }

  moves.speak = () => {
    if (!window.speechSynthesis) return tell(words("mute"));
    if (speechSynthesis.speaking) return stop();
    const paragraph = here() && first(".target.text", here());
    if (!paragraph) return tell(words(here() ? "nothing" : "nowhere"));
    paragraph.classList.add("painted"); // with the word that is spoken
    const pieces = piecesOf(paragraph);
    const speech = new SpeechSynthesisUtterance(pieces.map(({ node }) => node.data).join(""));
    speech.lang = paragraph.lang;
    speech.addEventListener("boundary", (event) => mark(pieces, event));
    for (const end of ["end", "error"]) speech.addEventListener(end, () => spoken?.clear());
    speechSynthesis.speak(speech);
  };
  addEventListener("pagehide", () => window.speechSynthesis && stop());
})();
