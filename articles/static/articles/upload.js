// Drop files anywhere on the page of imports: they go into its file field, and Continue has the focus.
"use strict";

{
  const form = document.querySelector("form.importing");
  const field = form.querySelector("input[type=file]");
  const told = document.getElementById("dropped");

  const hasFiles = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");

  const tell = () => {
    const count = field.files.length;
    told.hidden = !count;
    told.textContent = count === 1 ? told.dataset.one : told.dataset.many.replace("{n}", count);
  };

  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    field.files = event.dataTransfer.files;
    tell();
    form.querySelector("button.primary").focus();
  });
  field.addEventListener("change", tell);
}
