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
    const sentence = count === 1 ? told.dataset.one : told.dataset.many.replace("{n}", count);
    const names = Array.from(field.files, (file) => file.name).join(", ");
    told.textContent = sentence.replace("{names}", () => names);
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
    // The text is often dropped first and its translation after it: what was chosen before stays.
    const all = new DataTransfer();
    for (const file of [...field.files, ...event.dataTransfer.files]) all.items.add(file);
    field.files = all.files;
    tell();
    form.querySelector("button.primary").focus();
  });
  field.addEventListener("change", tell);
}
