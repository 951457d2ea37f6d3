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

  // The hour alone, as in "due today at 18:00".
  function hourForm(at) {
    const minutes = two(at.getMinutes());
    const hours = at.getHours();
    if (locale === "en-US") return `${hours % 12 || 12}:${minutes} ${hours < 12 ? "AM" : "PM"}`;
    if (locale !== "fr") return `${two(hours)}:${minutes}`;
    return minutes === "00" ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${minutes}`;
  }

  // How many minutes the site's clock is ahead of the reader's: its times end in their offset, such as +02:00.
  function ahead(time) {
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(time.dateTime.slice(19)) || ["", "+", 0, 0];
    const offset = Number(hours) * 60 + Number(minutes);
    return (sign === "-" ? -offset : offset) + new Date(time.dateTime).getTimezoneOffset();
  }

  // The words around an hour name its day as the site counts days. Where the reader's day is another one, the hour
  // stays that of the site, with its zone.
  function hourOf(time) {
    const at = new Date(time.dateTime);
    const shift = ahead(time) * 60000;
    const isOtherDay = (each) => new Date(each.getTime() + shift).getDate() !== each.getDate();
    if (isOtherDay(at) || isOtherDay(new Date())) return `${time.textContent} ${time.dataset.zone}`;
    return hourForm(at);
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
      const words = each.textContent;
      each.textContent = each.dataset.zone ? hourOf(each) : form(new Date(each.dateTime));
      each.title = each.dataset.zone ? `${words} ${each.dataset.zone}` : words;
    }
  }
  // The page is painted first: it can be read with the server's words. A busy browser may never be idle.
  if (window.requestIdleCallback) requestIdleCallback(localise, { timeout: 500 });
  else setTimeout(localise);
  for (const change of ["htmx:afterSettle", "panel-filled", "work-renewed"]) document.addEventListener(change, localise);
})();
