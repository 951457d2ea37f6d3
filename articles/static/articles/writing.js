/* Writing: a copy of what is typed stays in this browser until the server has kept it, so that a lost connection, a
   closed tab or a restarted server loses nothing. And the three ways to look at corrections. */
"use strict";

(() => {
  const slot = (box) => `draft ${first("#help")?.dataset.person} ${box.closest(".segment").id}`;
  const boxIn = (root) => first("form.editing textarea", root);

  document.addEventListener("input", (event) => {
    if (event.target.matches("form.editing textarea")) localStorage.setItem(slot(event.target), event.target.value);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || event.detail.requestConfig.verb !== "post") return;
    const card = event.detail.elt.closest(".segment") || here();
    const box = card && boxIn(card);
    const kept = event.detail.requestConfig.parameters.text;
    const name = `draft ${first("#help")?.dataset.person} ${card?.id}`;
    if (kept !== undefined && localStorage.getItem(name)?.replaceAll("\r\n", "\n") === kept.replaceAll("\r\n", "\n")) localStorage.removeItem(name);
    else if (!box) localStorage.removeItem(name);
  });

  function bringBack(root) {
    const box = root && boxIn(root);
    const kept = box && localStorage.getItem(slot(box));
    if (!kept || kept === box.value) return;
    box.value = kept;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    say(first("#help")?.dataset.back);
  }
  document.addEventListener("htmx:afterSettle", (event) => bringBack(document.getElementById(event.detail.target?.id)));
  bringBack(document);

  /* Corrections as changes, as they will read, or as the machine wrote; and reading without any doubts. */
  const ways = ["changes", "clean", "machine"];
  const root = document.documentElement;
  root.dataset.view = sessionStorage.getItem("view") || "changes";
  root.dataset.doubts = sessionStorage.getItem("doubts") || "on";

  function turn(name, values) {
    const next = values[(values.indexOf(root.dataset[name]) + 1) % values.length];
    root.dataset[name] = next;
    sessionStorage.setItem(name, next);
    say(first("#help")?.dataset[`${name}${next[0].toUpperCase()}${next.slice(1)}`]);
  }
  moves.view = () => turn("view", ways);
  moves.doubts = () => turn("doubts", ["on", "off"]);
})();
