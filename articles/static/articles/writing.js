/* Writing: a copy of what is typed stays in this browser until the server has stored it, so that a lost connection, a
   closed tab or a restarted server loses nothing. Also the views of corrections and findings. */
"use strict";

(() => {
  const PAST = 40; // texts of one segment that undo can go back to
  const slot = (card) => `draft ${document.body.dataset.person} ${card.id}`;
  const boxIn = (card) => first("form.editing textarea", card);
  const unix = (text) => text.replaceAll("\r\n", "\n");

  /* {text, from}: what was typed, and the text it was typed over, as the server last had it. */
  function keptOf(card) {
    try { return JSON.parse(localStorage.getItem(slot(card))); } catch { return null; }
  }
  const savedOf = (box) => box.dataset.saved ?? box.defaultValue;

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("form.editing textarea")) return;
    const kept = { text: target.value, from: savedOf(target) };
    try { localStorage.setItem(slot(target.closest(".segment")), JSON.stringify(kept)); } catch { /* full, or forbidden */ }
  });

  document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    const { verb, path, parameters } = detail.requestConfig;
    const id = path.match(/\/segments\/(\d+)\/(?:corrections\/\d+\/)?(draft|edit|revise|discard)\/$/);
    const card = id && byId(`segment-${id[1]}`);
    // A draft that came too late to be submitted is answered with 409, and stored all the same.
    const isStored = detail.xhr.status === 200 || detail.xhr.getResponseHeader("X-Draft") === "stored";
    if (!isStored || isPage(detail.xhr) || verb !== "post" || !card) return;
    const box = boxIn(card);
    if (box && id[2] === "draft") {
      remember(card, savedOf(box), unix(parameters.text));
      box.dataset.saved = unix(parameters.text);
      first(".trouble", card)?.remove();
    } else localStorage.removeItem(past(card));
    if (id[2] === "discard" || keptOf(card)?.text === unix(parameters.text)) localStorage.removeItem(slot(card));
  });

  /* Once a correction is on its way, no draft of it follows: it would come too late and be refused. */
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.closest("form.editing");
    if (!form) return;
    if (event.detail.elt === form) form.dataset.sent = "on";
    else if (form.dataset.sent && !event.detail.elt.matches(".beside")) event.preventDefault();
  });
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(failure, ({ detail }) => { if (detail.elt.matches("form.editing")) delete detail.elt.dataset.sent; });
  }

  /* Undo goes on where the browser's own ends: after a reload it has forgotten, and here is each text that was kept. */
  const past = (card) => slot(card).replace("draft", "past");
  const texts = (card) => JSON.parse(localStorage.getItem(past(card))) || { kept: [], at: -1 };

  function remember(card, before, text) {
    const { kept, at } = texts(card);
    if (kept[at] === text) return;
    const known = [...(kept.length ? kept.slice(0, at + 1) : [before]), text].slice(-PAST);
    try { localStorage.setItem(past(card), JSON.stringify({ kept: known, at: known.length - 1 })); } catch { /* full */ }
  }

  function travel(box, by) {
    const card = box.closest(".segment");
    const { kept, at } = texts(card);
    if (kept[at] !== box.value || kept[at + by] === undefined) return;
    localStorage.setItem(past(card), JSON.stringify({ kept, at: at + by }));
    put(box, kept[at + by]);
  }

  document.addEventListener("keydown", ({ target, key, ctrlKey, metaKey, shiftKey }) => {
    const by = (ctrlKey || metaKey) && { z: shiftKey ? 1 : -1, y: 1 }[key.toLowerCase()];
    if (!by || !target.matches("form.editing textarea")) return;
    const before = target.value;
    setTimeout(() => { if (target.value === before) travel(target, by); }, 30); // the browser goes first
  });

  /* Put what the server does not have into the editor it was typed in, or else offer it in the card. */
  function bringBack(card) {
    const kept = keptOf(card);
    const box = boxIn(card);
    first(".kept", card)?.remove();
    if (!kept || kept.text === kept.from || kept.text === box?.value) return;
    if (!box || unix(box.value) !== kept.from) return offer(card, kept.text, box);
    put(box, kept.text);
    say(words("back"));
  }

  function put(box, text) {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer(card, text, box) {
    const note = byId("kept-words").content.firstElementChild.cloneNode(true);
    const quote = first("q", note);
    quote.textContent = text;
    quote.lang = first(".target [lang], .target[lang]", card)?.lang || "";
    const [use, forget] = all("button", note);
    if (!box) use.remove();
    use.addEventListener("click", () => { put(box, text); note.remove(); box.focus(); });
    forget.addEventListener("click", () => { localStorage.removeItem(slot(card)); note.remove(); card.focus(); });
    notesOf(card).prepend(note);
  }

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const card = byId(detail.target?.id);
    if (card?.matches(".segment")) bringBack(card);
    else bringAllBack();
  });

  document.addEventListener("editor-opened", ({ detail }) => bringBack(detail));

  /* Few segments have something kept, and looking for it in each card of a long page takes time. */
  function bringAllBack() {
    const begin = `draft ${document.body.dataset.person} `;
    let names = [];
    try { names = Object.keys(localStorage); } catch { /* forbidden */ }
    for (const name of names) {
      const card = name.startsWith(begin) && byId(name.slice(begin.length));
      if (card) bringBack(card);
    }
  }
  bringAllBack();

  /* The same person writes into the segment in another window, too: both save into one draft. */
  addEventListener("storage", ({ key, newValue }) => {
    const card = newValue && all(".segment.edit").find((each) => slot(each) === key);
    if (!card || first(".elsewhere", card)) return;
    const line = document.createElement("p");
    line.className = "elsewhere error";
    line.textContent = words("elsewhere");
    first("form.editing", card).prepend(line);
    say(line.textContent);
  });

  /* Announce who else writes here when that changes, and tell the server when the editor closes. After an error the draft is
     sent again. */
  const again = (card) => { if (boxIn(card)) htmx.trigger(first(".draft-box", card), "again"); };

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.target.matches(".beside") || detail.xhr.status !== 200 || isPage(detail.xhr)) return;
    const news = new DOMParser().parseFromString(detail.xhr.responseText, "text/html").body.textContent.trim();
    if (news === detail.target.textContent.trim()) detail.shouldSwap = false;
    else say(news);
    const card = detail.target.closest(".segment");
    if (first(".trouble", card)) again(card);
  });
  document.addEventListener("htmx:beforeCleanupElement", ({ target }) => {
    if (!target.matches?.(".beside")) return;
    const token = first("[name=csrfmiddlewaretoken]").value;
    navigator.sendBeacon(target.getAttribute("hx-post"), new URLSearchParams({ gone: "on", csrfmiddlewaretoken: token }));
  });
  addEventListener("online", () => all(".segment.edit").forEach(again));

  /* What the checks say of the draft is said when it changes, not after every word. */
  let told = "";
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const news = detail.target?.matches?.(".rechecked") && (first("[data-said]", detail.target)?.dataset.said || "");
    if (news && news !== told) say(news);
    if (typeof news === "string") told = news;
  });

  /* Corrections as changes, as they will read, or as the machine wrote; all doubts, the likely ones, or none. */
  const root = document.documentElement;
  const chosen = { view: sessionStorage.getItem("view") || "changes", doubts: localStorage.getItem("doubts") || "on" };
  // Only what differs: each attribute that is set styles the whole page anew.
  for (const [name, value] of Object.entries(chosen)) {
    if (root.dataset[name] === value) continue;
    root.dataset[name] = value;
    point(here());
  }

  function turn(name, values, memory) {
    const next = values[(values.indexOf(root.dataset[name]) + 1) % values.length];
    root.dataset[name] = next;
    memory.setItem(name, next);
    tell(words(`${name}${next[0].toUpperCase()}${next.slice(1)}`));
    point(here());
  }
  moves.view = () => turn("view", ["changes", "clean", "machine"], sessionStorage);
  moves.density = () => {
    root.dataset.density = root.dataset.density === "compact" ? "comfortable" : "compact";
    const button = first('[data-act="density"]');
    const chosen = { density: root.dataset.density, csrfmiddlewaretoken: first("[name=csrfmiddlewaretoken]").value };
    navigator.sendBeacon(button.dataset.address, new URLSearchParams(chosen)); // kept in the person's preferences
    tell(words(chosen.density));
    if (here()) reveal(here());
  };
  moves.doubts = () => turn("doubts", ["on", "likely", "off"], localStorage);
})();
