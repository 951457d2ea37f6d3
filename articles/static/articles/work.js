/* “My work” and the list of articles are looked up again when the person comes back to the page: others may have assigned, returned
   or submitted something meanwhile. The form above the list stays. Nothing is asked while the page is only left open, so that a session still ends by itself. */
"use strict";

(() => {
  const LEAST_ABSENCE = 30000;
  const PARTS = [".my-work", ".all-articles .overview"];
  let left = null; // when the page was left

  async function renew() {
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) return; // signed out meanwhile: the next click says so
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of PARTS) replace(document.querySelector(part), page.querySelector(part));
    document.dispatchEvent(new CustomEvent("work-renewed"));
  }

  /* Put the fresh part in the place of the old one; the link that had the focus has it again. */
  function replace(old, fresh) {
    if (!old || !fresh) return;
    const address = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
    old.replaceWith(document.adoptNode(fresh));
    if (address) [...fresh.querySelectorAll("a")].find((each) => each.getAttribute("href") === address)?.focus();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) left = Date.now();
    else if (left !== null && Date.now() - left >= LEAST_ABSENCE) renew().catch(() => {}); // offline: it stays as it is
  });
})();
