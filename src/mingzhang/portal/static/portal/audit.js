/* The review: open a finding and see its place and its whole proof on the page; j and k walk through the findings. */
"use strict";

{
  const list = document.querySelector(".findings");
  const findings = [...document.querySelectorAll(".finding[id]")];

  const mark = (finding) => {
    for (const each of document.querySelectorAll(".proof, .now")) each.classList.remove("proof", "now");
    if (!finding) return;
    const facts = new Set(finding.dataset.facts.split(" ").filter(Boolean));
    for (const figure of document.querySelectorAll("[data-fact]")) {
      if (figure.dataset.fact.split(" ").some((fact) => facts.has(fact))) figure.classList.add("proof");
    }
    const number = finding.id.slice("finding-".length);
    for (const spot of document.querySelectorAll(`[data-finding="${number}"]`)) (spot.closest("mark") || spot).classList.add("now");
  };

  const lead = (finding) => {
    const link = finding.querySelector("[data-place]");
    if (!link) return;
    const place = document.getElementById(link.dataset.place);
    if (place) place.scrollIntoView({ block: "center" });
  };

  const open = (finding, { scroll = true } = {}) => {
    for (const other of findings) if (other !== finding) other.querySelector("details").open = false;
    finding.querySelector("details").open = true;
    if (getComputedStyle(list).position === "sticky") {
      list.scrollTop += finding.getBoundingClientRect().top - list.getBoundingClientRect().top - 60;
    }
    mark(finding);
    if (scroll) lead(finding);
  };

  for (const finding of findings) {
    finding.querySelector("summary").addEventListener("click", (event) => {
      event.preventDefault();
      const details = finding.querySelector("details");
      if (details.open) {
        details.open = false;
        mark(null);
      } else {
        open(finding, { scroll: getComputedStyle(list).position === "sticky" });
      }
    });
  }

  document.addEventListener("click", (event) => {
    const spot = event.target.closest("[data-finding]");
    if (!spot) return;
    const finding = document.getElementById(`finding-${spot.dataset.finding}`);
    if (!finding) return;
    event.preventDefault();
    open(finding, { scroll: false });
    if (getComputedStyle(list).position !== "sticky") finding.scrollIntoView({ block: "start" });
    finding.querySelector("summary").focus({ preventScroll: true });
  });

  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox") return;
    const shown = findings.filter((finding) => finding.offsetParent !== null);
    const at = shown.findIndex((finding) => finding.querySelector("details").open);
    const next = shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : at + step];
    if (!next) return;
    event.preventDefault();
    open(next);
    next.querySelector("summary").focus({ preventScroll: true });
  });
}
