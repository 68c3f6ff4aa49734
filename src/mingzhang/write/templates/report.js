"use strict";
// Figures open their derivation; arrow keys walk through a table's figures; charts show their figures.
(() => {
  document.documentElement.classList.add("scripted");
  const explanations = JSON.parse(document.getElementById("explanations").textContent);
  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  const body = document.getElementById("panel-body");
  const back = document.getElementById("panel-back");
  let path = [];

  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  // -- derivations --------------------------------------------------------------------------------------------

  const pair = (label, amount, at) => {
    const item = make("li");
    const line = at >= 0 ? make("button", undefined, "part") : make("div", undefined, "plain");
    if (at >= 0) {
      line.type = "button";
      line.addEventListener("click", () => show([...path, at]));
    }
    line.append(make("span", label), make("span", amount, "amount"));
    item.append(line);
    return item;
  };
  const section = (heading, ...contents) => body.append(make("h3", heading), ...contents);
  const listOf = (items) => {
    const list = make("ul");
    list.append(...items);
    return list;
  };

  const places = (at) =>
    [...document.querySelectorAll(`main .figure[data-at="${at}"]`)].map((button) => {
      const caption = button.closest("table")?.caption?.textContent;
      let before = button.closest("main > *");
      while (before && !/^H[2-6]$/.test(before.tagName)) before = before.previousElementSibling;
      const item = make("li");
      const link = make("button", undefined, "part");
      link.type = "button";
      link.append(make("span", caption || before?.textContent || "正文"), make("span", button.textContent, "amount"));
      link.addEventListener("click", () => {
        panel.close();
        button.closest("details")?.setAttribute("open", "");
        button.scrollIntoView({ block: "center" });
        button.focus();
      });
      item.append(link);
      return item;
    });

  const show = (steps) => {
    path = steps;
    const at = steps[steps.length - 1];
    const entry = explanations[at];
    body.replaceChildren();
    back.hidden = steps.length < 2;
    title.textContent = entry.title;
    body.append(make("p", "准确数"), make("p", entry.exact, "exact"));
    if (entry.before !== undefined) {
      const last = explanations[entry.before];
      section("上年同一口径", listOf([pair(last.title, last.exact, entry.before)]));
    }
    if (entry.meaning) section("含义", make("p", entry.meaning));
    if (entry.formula) section("怎样得来", make("p", entry.formula));
    if (entry.parts) section("组成", listOf(entry.parts.map(([label, exact, part]) => pair(label, exact, part))));
    if (entry.records) {
      const items = entry.records.map(([number, date, summary, amount]) =>
        pair([number, date, summary].filter(Boolean).join("　"), amount, -1));
      section("凭证或登记", listOf(items));
    }
    const printed = places(at);
    if (printed.length) section("印在", listOf(printed));
    section("坐标", make("p", entry.coordinate, "code"));
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
    title.focus();
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-at]");
    if (opener) show([Number(opener.dataset.at)]);
  });
  back.addEventListener("click", () => show(path.slice(0, -1)));
  document.getElementById("panel-close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });

  // -- one stop of the tab key a table, arrow keys inside --------------------------------------------------------

  for (const table of document.querySelectorAll("main table")) {
    const buttons = [...table.querySelectorAll(".figure")];
    buttons.forEach((button, place) => (button.tabIndex = place ? -1 : 0));
    table.addEventListener("focusin", (event) => {
      if (!event.target.matches(".figure")) return;
      buttons.forEach((button) => (button.tabIndex = -1));
      event.target.tabIndex = 0;
    });
    table.addEventListener("keydown", (event) => {
      const from = event.target.closest(".figure");
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!from || !step) return;
      event.preventDefault();
      neighbour(buttons, from, step)?.focus();
    });
  }

  // The nearest figure in a direction, by where the cells are drawn.
  function neighbour(buttons, from, [right, down]) {
    const own = from.parentElement.getBoundingClientRect();
    let best = null;
    let least = Infinity;
    for (const button of buttons) {
      const box = button.parentElement.getBoundingClientRect();
      const across = (box.right - own.right) * right + (box.top - own.top) * down;
      const aside = Math.abs(box.right - own.right) * Math.abs(down) + Math.abs(box.top - own.top) * Math.abs(right);
      if (across > 1 && across + 20 * aside < least) {
        least = across + 20 * aside;
        best = button;
      }
    }
    return best;
  }

  // -- charts -----------------------------------------------------------------------------------------------------

  const tip = document.getElementById("tip");
  for (const chart of document.querySelectorAll("figure.chart")) {
    const numbers = new Map(JSON.parse(chart.querySelector("script.marks").textContent));
    for (const mark of chart.querySelectorAll(".drawing [aria-label]")) {
      const label = mark.getAttribute("aria-label");
      const at = numbers.get(label);
      if (at !== undefined) mark.dataset.at = at;
      if (at === undefined && !mark.matches("[role=graphics-symbol]")) continue;
      mark.addEventListener("pointermove", (event) => {
        tip.textContent = at === undefined ? label : `${label}\n准确数 ${explanations[at].exact}`;
        tip.hidden = false;
        const space = document.documentElement.clientWidth - tip.offsetWidth - 8;
        tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, space))}px`;
        tip.style.top = `${Math.max(8, event.clientY - tip.offsetHeight - 12)}px`;
      });
      mark.addEventListener("pointerleave", () => (tip.hidden = true));
    }
  }

  // -- contents ---------------------------------------------------------------------------------------------------

  const menu = document.querySelector(".menu");
  if (menu) {
    const expand = (open) => menu.setAttribute("aria-expanded", String(open));
    const narrow = matchMedia("(max-width: 60rem)");
    expand(!narrow.matches);
    narrow.addEventListener("change", () => expand(!narrow.matches));
    menu.addEventListener("click", () => expand(menu.getAttribute("aria-expanded") !== "true"));
    const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        links.forEach((link) => link.removeAttribute("aria-current"));
        links.get(entry.target.id)?.setAttribute("aria-current", "location");
      }
    }, { rootMargin: "-10% 0px -75% 0px" });
    links.forEach((_, id) => seen.observe(document.getElementById(id)));
    links.forEach((link) => link.addEventListener("click", () => narrow.matches && expand(false)));
  }
})();
