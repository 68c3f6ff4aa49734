/* Charts open their figures; the audit's findings mark their figures in the text and lead to them. */
"use strict";

forEachMark(document.querySelectorAll(".report figure.chart"), (mark, label, coordinate) => {
  if (!coordinate) return;
  mark.classList.add("opens");
  mark.addEventListener("click", () => figuresAt(coordinate)[0]?.click());
});

function figuresAt(coordinate) {
  return [...document.querySelectorAll(".report a.figure")].filter((each) => each.dataset.coordinate === coordinate);
}

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "audit") return;
  for (const finding of event.target.querySelectorAll("[data-figures]")) {
    const severity = finding.dataset.severity;
    for (const coordinate of JSON.parse(finding.dataset.figures)) {
      for (const figure of figuresAt(coordinate)) figure.classList.add(`doubted-${severity}`);
    }
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#audit a[data-quote]");
  if (!link) return;
  const place = figuresAt(link.dataset.coordinate || "")[0] || withText(link.dataset.quote);
  if (!place) return;
  event.preventDefault();
  document.querySelector(".pointed")?.classList.remove("pointed");
  place.classList.add("pointed");
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
});

function withText(quote) {
  const found = [...document.querySelectorAll(".report p, .report td, .report th, .report h2, .report h3, .report h4")];
  return found.find((each) => each.textContent.includes(quote));
}
