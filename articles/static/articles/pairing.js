/* The keys of the pairing page: each presses the link that names it. Enter is the browser's own: the button has focus. */
"use strict";

document.addEventListener("keydown", (event) => {
  const sign = event.altKey && /^[[\]{}]$/.test(event.key); // on many keyboards these need AltGr
  if (event.defaultPrevented || ((event.ctrlKey || event.metaKey || event.altKey) && !sign)) return;
  const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
