/* Times in the reader's own form and time zone, on every page; the server's words stay in the tooltip. */
"use strict";

(() => {
  const parts = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  const form = new Intl.DateTimeFormat(document.documentElement.lang, parts);
  const formOfOld = new Intl.DateTimeFormat(document.documentElement.lang, { ...parts, year: "numeric" });

  function localise() {
    for (const each of document.querySelectorAll("time:not([title])")) {
      const at = new Date(each.dateTime);
      each.title = each.textContent;
      each.textContent = (at.getFullYear() === new Date().getFullYear() ? form : formOfOld).format(at);
    }
  }
  localise();
  for (const change of ["htmx:afterSettle", "panel-filled"]) document.addEventListener(change, localise);
})();
