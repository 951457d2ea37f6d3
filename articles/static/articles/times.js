/* Times in the reader's own form and time zone, on every page; the server's words stay in the tooltip. */
"use strict";

(() => {
  // The usual forms are written by hand: the browser's own load the data of the language first, 30 ms of each page.
  const ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const FRENCH = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
  const FORMS = { "en-GB": (at) => european(at, ENGLISH), "en-US": american, fr: (at) => european(at, FRENCH) };

  const two = (number) => String(number).padStart(2, "0");
  const yearOf = (at) => (at.getFullYear() === new Date().getFullYear() ? "" : at.getFullYear());

  function european(at, months) {
    const date = [at.getDate(), months[at.getMonth()], yearOf(at)].filter(Boolean).join(" ");
    return `${date}, ${two(at.getHours())}:${two(at.getMinutes())}`;
  }

  function american(at) {
    const date = [`${ENGLISH[at.getMonth()]} ${at.getDate()}`, yearOf(at)].filter(Boolean).join(", ");
    const hours = at.getHours();
    return `${date}, ${two(hours % 12 || 12)}:${two(at.getMinutes())} ${hours < 12 ? "AM" : "PM"}`;
  }

  function otherwise(at) {
    const parts = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    if (yearOf(at)) parts.year = "numeric";
    return at.toLocaleString(locale, parts);
  }

  // A page in English is in that of its reader, British or American.
  const own = [...navigator.languages, "en-GB"].find((each) => each.startsWith("en-"));
  const locale = document.documentElement.lang === "en" ? own : document.documentElement.lang;
  const form = FORMS[locale] || otherwise;

  function localise() {
    for (const each of document.querySelectorAll("time:not([title])")) {
      each.title = each.textContent;
      each.textContent = form(new Date(each.dateTime));
    }
  }
  // The page is painted first: it can be read with the server's words. A busy browser may never be idle.
  if (window.requestIdleCallback) requestIdleCallback(localise, { timeout: 500 });
  else setTimeout(localise);
  for (const change of ["htmx:afterSettle", "panel-filled"]) document.addEventListener(change, localise);
})();
