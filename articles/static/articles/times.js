/* Times in the reader's own form and time zone, on every page; the server's words stay in the tooltip. */
"use strict";

(() => {
  const parts = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  const forms = new Map();

  // A page in English is in that of its reader, British or American.
  const own = [...navigator.languages, "en-GB"].find((each) => each.startsWith("en-"));
  const locale = document.documentElement.lang === "en" ? own : document.documentElement.lang;

  /* The form for times of this year, or of others: made when a page first has one, because it loads the language's data. */
  function formFor(year) {
    const kind = year === new Date().getFullYear() ? {} : { year: "numeric" };
    const name = Object.keys(kind).join();
    if (!forms.has(name)) forms.set(name, new Intl.DateTimeFormat(locale, { ...parts, ...kind }));
    return forms.get(name);
  }

  /* Whether the server's words are the reader's: in this year, in the clock of 24 hours, in the zone that the moment names. */
  function isOwn(moment, at) {
    const [, sign, hours, minutes] = moment.match(/([+-])(\d\d):(\d\d)$/) || [];
    const ahead = Number(`${sign}1`) * (60 * hours + Number(minutes));
    const isOfThisYear = at.getFullYear() === new Date().getFullYear();
    return isOfThisYear && at.getTimezoneOffset() === -ahead && !/^en-(?!GB)/.test(locale);
  }

  function localise() {
    for (const each of document.querySelectorAll("time:not([title])")) {
      const at = new Date(each.dateTime);
      if (isOwn(each.dateTime, at)) continue;
      each.title = each.textContent;
      each.textContent = formFor(at.getFullYear()).format(at);
    }
  }
  // The page is painted first: it can be read with the server's words.
  (window.requestIdleCallback || setTimeout)(localise);
  for (const change of ["htmx:afterSettle", "panel-filled"]) document.addEventListener(change, localise);
})();
