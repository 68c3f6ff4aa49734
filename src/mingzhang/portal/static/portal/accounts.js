/* The panel beside a table or the report: it opens with what was asked for, and closes by its button or Escape. */
"use strict";

const side = document.getElementById("side");
let opener = null;

document.addEventListener("click", (event) => {
  const figure = event.target.closest("a.figure");
  if (figure) {
    document.querySelector(".figure.shown")?.classList.remove("shown");
    figure.classList.add("shown");
    opener = figure;
  }
  if (event.target.closest("[data-close-side]")) closeSide();
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (!side || event.target.id !== "side-body") return;
  side.hidden = false;
  side.closest(".with-side")?.classList.add("open");
  side.scrollTop = 0;
  side.querySelector("h2").focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && side && !side.hidden) closeSide();
});

function closeSide() {
  side.hidden = true;
  side.closest(".with-side")?.classList.remove("open");
  document.querySelector(".figure.shown")?.classList.remove("shown");
  opener?.focus({ preventScroll: true });
}
