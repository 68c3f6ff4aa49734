/* What a report does wherever it is shown: arrow keys walk through a table's figures, charts say their figures, the contents follow. */
"use strict";

// One stop of the tab key a table, arrow keys inside.
const walkFigures = (tables) => {
  for (const table of tables) {
    const figures = [...table.querySelectorAll(".figure")];
    figures.forEach((figure, place) => (figure.tabIndex = place ? -1 : 0));
    table.addEventListener("focusin", (event) => {
      if (!event.target.matches(".figure")) return;
      figures.forEach((figure) => (figure.tabIndex = -1));
      event.target.tabIndex = 0;
    });
    table.addEventListener("keydown", (event) => {
      const from = event.target.closest(".figure");
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!from || !step) return;
      event.preventDefault();
      neighbour(figures, from, step)?.focus();
    });
  }
};

// The nearest figure in a direction, by where the cells are drawn.
const neighbour = (figures, from, [right, down]) => {
  const own = from.parentElement.getBoundingClientRect();
  let best = null;
  let least = Infinity;
  for (const figure of figures) {
    const box = figure.parentElement.getBoundingClientRect();
    const across = (box.right - own.right) * right + (box.top - own.top) * down;
    const aside = Math.abs(box.right - own.right) * Math.abs(down) + Math.abs(box.top - own.top) * Math.abs(right);
    if (across > 1 && across + 20 * aside < least) {
      least = across + 20 * aside;
      best = figure;
    }
  }
  return best;
};

// What a figure's place is called: the caption of its table, else the heading above the block that holds it.
const placeName = (figure, blocks) => {
  const caption = figure.closest("table")?.caption?.textContent;
  let before = figure.closest(blocks);
  while (before && !/^H[2-6]$/.test(before.tagName)) before = before.previousElementSibling;
  return caption || before?.textContent || "正文";
};

const goTo = (figure) => {
  figure.closest("details")?.setAttribute("open", "");
  figure.scrollIntoView({ block: "center" });
  figure.focus();
};

// Each mark of the charts with its label, and what the report's own list gives for the label.
const forEachMark = (charts, use) => {
  for (const chart of charts) {
    const figures = new Map(JSON.parse(chart.querySelector("script.marks").textContent));
    for (const mark of chart.querySelectorAll(".drawing [aria-label]")) {
      const label = mark.getAttribute("aria-label");
      use(mark, label, figures.get(label));
    }
  }
};

// Say a text beside the pointer while it is over a mark.
const tipOver = (mark, tip, text) => {
  mark.addEventListener("pointermove", (event) => {
    tip.textContent = text;
    tip.hidden = false;
    const space = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, space))}px`;
    tip.style.top = `${Math.max(8, event.clientY - tip.offsetHeight - 12)}px`;
  });
  mark.addEventListener("pointerleave", () => (tip.hidden = true));
};

// Mark the entry of the contents whose heading is in view.
const followContents = (links) => {
  const entries = new Map([...links].map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((found) => {
    for (const entry of found) {
      if (!entry.isIntersecting) continue;
      entries.forEach((link) => link.removeAttribute("aria-current"));
      entries.get(entry.target.id)?.setAttribute("aria-current", "location");
    }
  }, { rootMargin: "-10% 0px -75% 0px" });
  for (const id of entries.keys()) {
    const heading = document.getElementById(id);
    if (heading) seen.observe(heading);
  }
};
