/* A published report: figures open beside the text, one tab stop a table, charts say their figures, the contents follow. */
"use strict";

{
  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  const body = document.getElementById("panel-body");
  const back = document.getElementById("panel-back");
  let path = [];

  // -- how a figure came about: asked of the server as a piece, as its own page where there is no script ------------

  const show = async (steps) => {
    path = steps;
    back.hidden = steps.length < 2;
    const address = steps[steps.length - 1];
    title.textContent = "数字的来历";
    body.replaceChildren();
    if (!panel.open) panel.showModal();
    try {
      const answer = await fetch(address, { headers: { "X-Panel": "1", "X-Background": "1" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (path !== steps) return;
      const told = piece.querySelector(".explanation");
      title.textContent = told.dataset.title;
      body.replaceChildren(told, ...places(address));
    } catch {
      const sorry = document.createElement("p");
      sorry.textContent = "没有取到这个数的来历。检查网络后再点一次。";
      body.replaceChildren(sorry);
    }
    panel.scrollTop = 0;
    title.focus();
  };

  const places = (address) => {
    const number = address.replace(/\/$/, "").split("/").pop();
    const printed = [...document.querySelectorAll(`.report .figure[data-at="${number}"]`)];
    if (!printed.length) return [];
    const heading = document.createElement("h2");
    heading.textContent = "印在";
    const list = document.createElement("ul");
    for (const figure of printed) {
      const caption = figure.closest("table")?.caption?.textContent;
      let before = figure.closest(".report > *");
      while (before && !/^H[2-6]$/.test(before.tagName)) before = before.previousElementSibling;
      const link = document.createElement("a");
      link.className = "part";
      link.href = "#";
      const [where, text] = [document.createElement("span"), document.createElement("span")];
      where.textContent = caption || before?.textContent || "正文";
      text.textContent = figure.textContent;
      text.className = "amount";
      link.append(where, text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        panel.close();
        figure.closest("details")?.setAttribute("open", "");
        figure.scrollIntoView({ block: "center" });
        figure.focus();
      });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    const whole = document.createElement("div");
    whole.className = "explanation";
    whole.append(heading, list);
    return [whole];
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-at]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const address = opener.href || opener.dataset.href;
    if (!address) return;
    event.preventDefault();
    show(opener.closest("#panel") ? [...path, address] : [address]);
  });
  back.addEventListener("click", () => show(path.slice(0, -1)));
  document.getElementById("panel-close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });

  // -- one stop of the tab key a table, arrow keys inside -------------------------------------------------------------

  for (const table of document.querySelectorAll(".report table")) {
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

  // The nearest figure in a direction, by where the cells are drawn.
  function neighbour(figures, from, [right, down]) {
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
  }

  // -- charts ----------------------------------------------------------------------------------------------------------

  const tip = document.getElementById("tip");
  const first = document.querySelector(".report .figure[data-at]");
  const prefix = first ? first.href.replace(/\d+\/$/, "") : "";
  for (const chart of document.querySelectorAll(".report figure.chart")) {
    const numbers = new Map(JSON.parse(chart.querySelector("script.marks").textContent));
    for (const mark of chart.querySelectorAll(".drawing [aria-label]")) {
      const label = mark.getAttribute("aria-label");
      const at = numbers.get(label);
      if (at !== undefined && prefix) {
        mark.dataset.at = at;
        mark.dataset.href = `${prefix}${at}/`;
      } else if (!mark.matches("[role=graphics-symbol]")) continue;
      mark.addEventListener("pointermove", (event) => {
        tip.textContent = label;
        tip.hidden = false;
        const space = document.documentElement.clientWidth - tip.offsetWidth - 8;
        tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, space))}px`;
        tip.style.top = `${Math.max(8, event.clientY - tip.offsetHeight - 12)}px`;
      });
      mark.addEventListener("pointerleave", () => (tip.hidden = true));
    }
  }

  // -- contents: open beside the text on a wide screen, folded on a phone ------------------------------------------------

  const contents = document.querySelector("details.contents");
  if (contents) {
    const narrow = matchMedia("(max-width: 60rem)");
    contents.open = !narrow.matches;
    narrow.addEventListener("change", () => (contents.open = !narrow.matches));
    const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        links.forEach((link) => link.removeAttribute("aria-current"));
        links.get(entry.target.id)?.setAttribute("aria-current", "location");
      }
    }, { rootMargin: "-10% 0px -75% 0px" });
    links.forEach((link, id) => {
      const heading = document.getElementById(id);
      if (heading) seen.observe(heading);
      link.addEventListener("click", () => {
        if (narrow.matches) contents.open = false;
      });
    });
  }
}
