/* Entering vouchers: narrowing the events, moving by keys, adding lines, sums while typing. */
"use strict";

for (const search of document.querySelectorAll("input[data-narrows]")) {
  const within = document.querySelector(search.dataset.narrows);
  const nothing = document.getElementById("no-events");
  const narrow = (fits) => {
    let any = false;
    for (const group of within.querySelectorAll("section")) {
      let some = false;
      for (const item of group.querySelectorAll("li")) {
        item.hidden = !fits(item.dataset.words.toLowerCase());
        some = some || !item.hidden;
      }
      group.hidden = !some;
      any = any || some;
    }
    return any;
  };
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const pairs = words.flatMap((word) => [...word].slice(1).map((letter, place) => [...word][place] + letter));
    const any = narrow((said) => words.every((word) => said.includes(word))) || narrow((said) => pairs.some((pair) => said.includes(pair)));
    nothing.hidden = any;
  });
  search.form.addEventListener("submit", (event) => {
    const first = [...within.querySelectorAll("li:not([hidden]) a")].find((link) => link.offsetParent);
    if (search.value.trim() && first) {
      event.preventDefault();
      location.href = first.href;
    }
  });
}

/* Amounts in fen, exactly; null where the text is none. */
function fenOf(text) {
  const plain = text.normalize("NFKC").replace(/[,\s¥]/g, "").replace("−", "-");
  const found = /^([+-]?)(\d{0,13})(?:\.(\d{0,2}))?$/.exec(plain);
  if (!found || !(found[2] || found[3])) return null;
  const fen = BigInt(found[2] || "0") * 100n + BigInt((found[3] || "").padEnd(2, "0"));
  return found[1] === "-" ? -fen : fen;
}

function yuanOf(fen, separators) {
  const sign = fen < 0n ? "-" : "";
  const whole = fen < 0n ? -fen : fen;
  const digits = String(whole / 100n);
  const yuan = separators ? digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",") : digits;
  return `${sign}${yuan}.${String(whole % 100n).padStart(2, "0")}`;
}

function sumOf(panel, side) {
  let sum = 0n;
  for (const input of panel.querySelectorAll(`tbody input[name$="-${side}"]`)) sum += fenOf(input.value) ?? 0n;
  return sum;
}

function showSums(panel) {
  const debit = sumOf(panel, "debit");
  const credit = sumOf(panel, "credit");
  panel.querySelector(".sum-debit").textContent = debit ? yuanOf(debit, true) : "";
  panel.querySelector(".sum-credit").textContent = credit ? yuanOf(credit, true) : "";
  const said = panel.querySelector(".difference");
  const off = debit - credit;
  said.classList.toggle("off", off !== 0n);
  said.classList.toggle("even", off === 0n && debit !== 0n);
  said.textContent = off ? `${off > 0n ? "借方" : "贷方"}多 ${yuanOf(off > 0n ? off : -off, true)}` : debit ? "平衡" : "";
}

function changed(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

function addLine(panel, after) {
  const line = panel.querySelector("template").content.firstElementChild.cloneNode(true);
  const body = panel.querySelector("tbody");
  body.insertBefore(line, after ? after.nextElementSibling : null);
  if (window.htmx) window.htmx.process(line);
  readyLine(line);
  line.querySelector("input").focus();
  return line;
}

function copyLine(from, to) {
  const sources = from.querySelectorAll("input, select");
  to.querySelectorAll("input, select").forEach((field, place) => {
    if (!/-(debit|credit)$/.test(field.name)) field.value = sources[place].value;
  });
  changed(to.querySelector("input"));
}

function readyLine(line) {
  const remove = line.querySelector(".remove");
  remove.hidden = false;
  remove.addEventListener("click", () => {
    const panel = line.closest(".system");
    const next = line.nextElementSibling || line.previousElementSibling;
    line.remove();
    if (next) next.querySelector("input").focus();
    else addLine(panel, null);
    showSums(panel);
    changed(panel.querySelector("input"));
  });
}

const cells = "input:not([type=hidden]), select";
for (const panel of document.querySelectorAll(".lines-entry .system")) {
  panel.querySelectorAll("tbody tr").forEach(readyLine);
  const add = panel.querySelector(".add");
  add.hidden = false;
  add.addEventListener("click", () => addLine(panel, null));
  panel.addEventListener("input", () => showSums(panel));
  panel.addEventListener("keydown", (event) => {
    const line = event.target.closest("tbody tr");
    if (!line || event.isComposing || !event.target.matches(cells)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.ctrlKey) {
        addLine(panel, line);
        return;
      }
      const all = [...panel.querySelectorAll(`tbody :is(${cells})`)];
      const next = all[all.indexOf(event.target) + 1];
      if (next) next.focus();
      else addLine(panel, null);
    } else if (event.key === "F7" && line.previousElementSibling) {
      event.preventDefault();
      copyLine(line.previousElementSibling, line);
    } else if (event.key === "=" && event.target.classList.contains("amount")) {
      event.preventDefault();
      event.target.value = "";
      const off = sumOf(panel, "debit") - sumOf(panel, "credit");
      const own = event.target.name.endsWith("-debit") ? -off : off;
      event.target.value = own ? yuanOf(own, false) : "";
      changed(event.target);
    }
  });
  showSums(panel);
}

/* In the form of an event Enter goes on to the next field; the buttons send it. */
for (const form of document.querySelectorAll("form.entry:not(.lines-entry)")) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches(cells)) return;
    event.preventDefault();
    const all = [...form.querySelectorAll(`:is(${cells}), button[name=action]`)].filter((field) => field.offsetParent);
    all[all.indexOf(event.target) + 1]?.focus();
  });
}
