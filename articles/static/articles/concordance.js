/* The links to the concordance look up the words that are selected in the current segment, and lead back to it. */
"use strict";

(() => {
  const LONGEST = 200; // letters that can be looked up (concordance/queries.py)

  function addressOf(link, card, found) {
    const address = new URL(link.href);
    address.search = "";
    if (found) address.searchParams.set("q", found.words.slice(0, LONGEST));
    if (found) address.searchParams.set("side", found.side);
    if (found) address.searchParams.set("whole", "on");
    if (card) address.searchParams.set("from", card.id.split("-")[1]);
    return address.href;
  }

  function follow() {
    const found = marking.wordsIn(here());
    for (const link of all('a[data-act="concordance"]')) {
      link.href = addressOf(link, here(), found);
      const place = first(".looked-up", link);
      if (!place) continue;
      place.hidden = !found;
      first("q", place).textContent = found?.words || "";
    }
  }

  // The words are told with each segment that becomes the current one, too.
  for (const change of ["panel-filled", "words-chosen"]) document.addEventListener(change, follow);
})();
