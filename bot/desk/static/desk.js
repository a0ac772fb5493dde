// What makes the desk a little quicker to use. Every page does all of it without this file, too.
"use strict";

// A form that is being sent is not sent twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 5000); // it may have been a download
});

// A choice that only changes what is shown is made at once.
for (const chosen of document.querySelectorAll("form[data-at-once] select")) {
  chosen.addEventListener("change", () => chosen.form.requestSubmit());
}

// Files can be dropped on the whole box.
for (const box of document.querySelectorAll("[data-drop]")) {
  const files = box.querySelector("input[type=file]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) files.files = event.dataTransfer.files;
    });
  }
}

addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
