/* Which waiting corrections the checks have not seen yet: the line that says so is looked up again until the worker has seen
   it. One line at a time, after 2, 4, 8 seconds and so on, a minute at most; without such a line nothing is asked. */
"use strict";

(() => {
  const SHORTEST = 2000;
  const LONGEST = 60000;
  let pause = SHORTEST;
  let timer = null;
  let known = 0; // how many lines there were when it was looked last
  let turn = 0; // the lines may be of several articles, and the checks of one may take longer

  const unchecked = () => all(".note.unchecked");

  function look() {
    const lines = unchecked();
    pause = Math.min(2 * pause, LONGEST);
    turn += 1;
    if (lines.length && !document.hidden) htmx.trigger(lines[turn % lines.length], "look");
    lookLater();
  }

  function lookLater() {
    clearTimeout(timer);
    timer = known ? setTimeout(look, pause) : null;
  }

  /* Where a line has come or gone, the worker is at it, and the others may be next. */
  function notice() {
    const count = unchecked().length;
    if (count === known) return;
    known = count;
    pause = SHORTEST;
    lookLater();
  }

  document.addEventListener("htmx:afterRequest", notice);
  notice();
})();
