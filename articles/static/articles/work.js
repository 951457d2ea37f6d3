/* “My work” is looked up again when the person comes back to the page: others may have assigned, returned or submitted
   something meanwhile. Nothing is asked while the page is only left open, so that a session still ends by itself. */
"use strict";

(() => {
  const LEAST_ABSENCE = 30000;
  const work = () => document.querySelector(".my-work");
  let left = null; // when the page was left

  async function renew() {
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) return; // signed out meanwhile: the next click says so
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".my-work");
    if (!fresh || !work()) return;
    const address = work().contains(document.activeElement) && document.activeElement.getAttribute("href");
    work().replaceWith(document.adoptNode(fresh));
    if (address) [...work().querySelectorAll("a")].find((each) => each.getAttribute("href") === address)?.focus();
    document.dispatchEvent(new CustomEvent("work-renewed"));
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) left = Date.now();
    else if (left !== null && Date.now() - left >= LEAST_ABSENCE) renew().catch(() => {}); // offline: it stays as it is
  });
})();
