/* The progress and the counts of the filters after an act: what the old card counted for is taken off, what the new one
   counts for is added. So an act costs one request. Where more than the one segment changed the server counts anew. */
"use strict";

(() => {
  let old = null; // what the card counted for that is being replaced

  const shareOf = (card) => card.dataset.passes && { passes: card.dataset.passes.split(" "), words: Number(card.dataset.words) };

  function add(element, by) {
    if (element) element.textContent = Number(element.textContent) + by;
  }

  function count({ passes, words }, by) {
    for (const name of passes) {
      const link = first(`#filters [data-filter="${name}"]`);
      if (!link) continue;
      add(first(".count", link), by);
      if (name) link.hidden = !link.matches("[aria-current]") && first(".count", link).textContent === "0";
    }
    const done = byId("progress").dataset.done.split(" ");
    if (!passes.some((name) => done.includes(name))) return;
    add(first('#progress [data-count="segments"]'), by);
    add(first('#progress [data-count="words"]'), by * words);
    first("#progress progress").value += by * words;
  }

  const countOf = (name) => Number(first(`#filters [data-filter="${name}"] .count`).textContent);

  /* How far the review is, as the server says it (Progress.stage). */
  function stageNow() {
    const [whole, untouched, flagged, waiting, done] = ["", "to_review", "flagged", "waiting", "done"].map(countOf);
    if (done === whole) return "done";
    if (waiting && !untouched && !flagged) return "waiting";
    return untouched === whole ? "new" : "review";
  }

  /* The head of the article says it, and what comes next is said where nothing is left to do. What it says of a finished one before any act is left: it may be signed off. */
  function showStage() {
    const line = byId("stage");
    if (!line || !first("#filters")) return;
    const stage = stageNow();
    if (line.dataset.stage === stage) return;
    line.dataset.stage = stage;
    line.textContent = line.dataset[stage];
    if (stage === "waiting") tell(words("allReviewed"));
    if (stage === "done") tell(words("allDone"));
  }

  /* The head of the queue says how many corrections are left. */
  function countInQueue(by) {
    if (first(".queue")) add(first(".queue-head .count"), by);
  }

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.matches(".segment")) old = shareOf(detail.target);
  });

  document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
    const isCard = detail.target?.matches?.(".segment") && target.id === detail.target.id;
    if (!isCard || !old) return;
    const fresh = shareOf(byId(detail.target.id));
    const isCounted = detail.xhr.responseText.includes('id="filters"');
    if (fresh) countInQueue(Number(fresh.passes.includes("waiting")) - Number(old.passes.includes("waiting")));
    if (fresh && !isCounted && byId("progress")) {
      count(old, -1);
      count(fresh, 1);
      first("#progress progress").setAttribute("aria-label", first("#progress > span").textContent);
    }
    showStage();
    old = null;
  });
})();
