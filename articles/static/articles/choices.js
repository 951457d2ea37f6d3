/* The fields of the admin in which an article is found by typing: select2 gives the box that shows the choice no name, so
   that a screen reader says "edit" alone. It gets that of the field's label. */
"use strict";

function nameBoxes(part) {
  for (const select of part.querySelectorAll("select.admin-autocomplete")) {
    const box = select.parentElement.querySelector(".select2-selection__rendered");
    if (box && select.labels[0]) box.setAttribute("aria-label", select.labels[0].textContent.trim().replace(/\s*:$/, ""));
  }
}

// Django makes the boxes in a callback of the same kind, which was registered before this one: they run in that order,
// and may run after the page's "load".
django.jQuery(() => nameBoxes(document));
document.addEventListener("formset:added", (event) => nameBoxes(event.target));
