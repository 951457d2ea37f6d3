/* Menus that lie over the page close by Escape, by a click and by a step of the focus elsewhere, as a popover does by itself. */
"use strict";

(() => {
  const opened = () => [...document.querySelectorAll("details:is(.menu, .introduction)[open]")];

  function closeOthers(event) {
    for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
  }

  document.addEventListener("pointerdown", closeOthers);
  document.addEventListener("focusin", closeOthers);
  // Before the desk reads the key: what lies on top closes first.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    for (const menu of opened()) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
})();
