/* French typography, helped and never forced: while French is typed, quotes become « », the space before ; : ! ? » a
   narrow no-break space, the apostrophe ’. Each is a step of its own in the browser's undo: Ctrl+Z, or Backspace at
   once, brings back what was typed. The box in the editor switches it off. */
"use strict";

(() => {
  const NARROW = "\u202f";
  const letter = /[\p{L}\p{N}]/u;
  let changing = false;
  let changed = null; // {box, typed, value}: what stood there before the last change and after it, until something else is typed

  const off = () => localStorage.getItem("typography") === "off";
  const helps = (box) => box.matches('form.editing textarea[lang^="fr"]') && !off();

  /* An article whose apostrophes are all straight keeps them: help must not bring a second form into it. */
  const isStraight = (box) => {
    const text = all(".side.target, form.editing textarea").map((each) => each.textContent).join(" ");
    return /\p{L}'\p{L}/u.test(text) && !/\p{L}’/u.test(text) && !box.value.includes("’");
  };

  /* What the sign just typed at the end of `head` becomes: [how many characters go, what comes], or null. The space is
     the one that the text already has inside its « ». */
  function better(head, whole) {
    const space = whole.match(/«([\u00a0\u202f])|([\u00a0\u202f])»/)?.slice(1).find(Boolean) || NARROW;
    const sign = head.at(-1);
    const before = head.slice(0, -1);
    const blank = /[ \u00a0]$/.test(before) ? 1 : 0;
    if (sign === "'" && letter.test(before.at(-1) || "")) return [1, "’"];
    if (sign === " " && /«$/.test(before)) return [1, space];
    if (";:!?»".includes(sign) && blank) return [2, (sign === ":" ? space : NARROW) + sign];
    if (sign !== '"') return null;
    const inside = before.lastIndexOf("«") > before.lastIndexOf("»");
    if (inside) return [1 + blank, (before.endsWith(space) ? "" : space) + "»"];
    return /(^|[\s([—–-])$/.test(before) ? [1, `«${space}`] : null;
  }

  document.addEventListener("input", (event) => {
    const box = event.target;
    if (event.inputType === "historyUndo" && changed?.typed === box.value) box.setSelectionRange(box.selectionEnd, box.selectionEnd);
    if (changing) return;
    changed = null;
    if (event.inputType !== "insertText" || event.isComposing || !helps(box)) return;
    const at = box.selectionStart;
    const found = at === box.selectionEnd && better(box.value.slice(0, at), box.value);
    if (!found || (found[1] === "’" && isStraight(box))) return;
    const typed = box.value;
    changing = true;
    box.setSelectionRange(at - found[0], at);
    document.execCommand("insertText", false, found[1]); // the one way that keeps the browser's own undo
    changing = false;
    changed = { box, typed, value: box.value };
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Backspace" || event.ctrlKey || event.altKey || changed?.box !== event.target || changed.value !== event.target.value) return;
    event.preventDefault();
    document.execCommand("undo");
  }, true);

  /* The box in the editor. */
  const boxes = () => all("[data-typography]").forEach((each) => { each.checked = !off(); });
  for (const change of ["htmx:afterSettle", "editor-opened"]) document.addEventListener(change, boxes);
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-typography]")) localStorage.setItem("typography", target.checked ? "on" : "off");
  });
  boxes();
})();
