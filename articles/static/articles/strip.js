/* The strip under the toolbar: a tick for each segment of the article, in the colour and the shape of its state, to click
   on. Beside it stands where the cursor is. The states come after the page, and each act brings its own along. Also the way to
   the segment with a number. */
"use strict";

(() => {
  const strip = byId("strip");
  if (!strip) return;
  // How high a tick is and where it begins, of 10: a low line, all of it, the upper part, the lower half.
  const SHAPES = { t: [8, 2], f: [0, 10], w: [0, 5], d: [4, 6] };
  const NAMES = { t: "to_review", f: "flagged", w: "waiting", d: "done" };
  const SVG = "http://www.w3.org/2000/svg";
  const now = document.createElement("i");
  // By hand: the browser's own form for it loads the data of the language first, which takes longer than a key may.
  const sign = document.documentElement.lang === "fr" ? "\u00a0%" : "%";
  let states = [];

  function draw() {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", `0 0 ${states.length} 10`);
    picture.setAttribute("preserveAspectRatio", "none");
    picture.setAttribute("aria-hidden", "true");
    const width = states.length > 400 ? 1 : 0.85;
    for (const [letter, [top, height]] of Object.entries(SHAPES)) {
      const ticks = document.createElementNS(SVG, "path");
      const places = [...states.keys()].filter((place) => states[place] === letter);
      ticks.setAttribute("class", NAMES[letter]);
      ticks.setAttribute("d", places.map((place) => `M${place} ${top}h${width}v${height}h-${width}z`).join(""));
      picture.append(ticks);
    }
    strip.replaceChildren(picture, now);
  }

  function show(card) {
    const number = Number(card?.dataset.position);
    if (!number || !states.length) return;
    const percent = `${Math.round((100 * number) / states.length)}${sign}`;
    const values = { number, count: states.length, percent };
    byId("where").textContent = strip.dataset.where.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
    now.style.insetInlineStart = `${(100 * (number - 0.5)) / states.length}%`;
  }

  function ask() {
    fetch(strip.dataset.states).then((answer) => answer.json()).then((found) => {
      states = [...found.states];
      draw();
      show(here());
    }).catch(() => {}); // the desk works without it
  }

  afterPaint("strip", ask); // to begin a request takes 2 ms, which the first frame would wait for

  document.addEventListener("pointed", ({ detail }) => show(detail));
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const card = byId(detail.target?.id);
    const place = Number(card?.dataset.position) - 1;
    const letter = card?.dataset.passes?.[0];
    if (!letter || !(place in states) || states[place] === letter) return;
    states[place] = letter;
    draw();
  });
  /* Go to the segment with a number: in this page if it has it, else in the one that has, which takes a moment to come. */
  function jump(number) {
    const card = first(`.segment[data-position="${number}"]`);
    if (card) {
      history.replaceState(history.state, "", `#${card.id}`); // so that the page comes back there
      return go(card);
    }
    strip.setAttribute("aria-busy", "true");
    tell(words("loading").replace("{number}", number));
    location.href = `${strip.dataset.jump}?number=${number}`;
  }

  strip.addEventListener("click", (event) => {
    const box = strip.getBoundingClientRect();
    jump(Math.min(states.length, 1 + Math.floor((states.length * (event.clientX - box.left)) / box.width)));
  });
  document.addEventListener("submit", (event) => {
    const field = first('[data-act="jump"]', event.target);
    if (!field) return;
    event.preventDefault();
    field.closest(":popover-open")?.hidePopover();
    jump(field.valueAsNumber);
    field.value = "";
  });
  addEventListener("pageshow", () => strip.removeAttribute("aria-busy")); // on the way back to this page
})();
