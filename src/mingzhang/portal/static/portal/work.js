/* Put the chosen figure's slot where the cursor stands, and let the preview follow. */
"use strict";

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("button[data-slot]");
  const body = document.getElementById("body");
  if (!chosen || !body) return;
  body.setRangeText(chosen.dataset.slot, body.selectionStart, body.selectionEnd, "end");
  body.focus();
  body.dispatchEvent(new Event("figure"));
});
