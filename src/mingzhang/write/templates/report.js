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
      const item = make("li");
      const link = make("button", undefined, "part");
      link.type = "button";
      link.append(make("span", placeName(button, "main > *")), make("span", button.textContent, "amount"));
      link.addEventListener("click", () => {
        panel.close();
        goTo(button);
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

  walkFigures(document.querySelectorAll("main table"));

  // -- charts -----------------------------------------------------------------------------------------------------

  const tip = document.getElementById("tip");
  forEachMark(document.querySelectorAll("figure.chart"), (mark, label, at) => {
    if (at !== undefined) mark.dataset.at = at;
    else if (!mark.matches("[role=graphics-symbol]")) return;
    tipOver(mark, tip, at === undefined ? label : `${label}\n准确数 ${explanations[at].exact}`);
  });

  // -- contents ---------------------------------------------------------------------------------------------------

  const menu = document.querySelector(".menu");
  if (menu) {
    const expand = (open) => menu.setAttribute("aria-expanded", String(open));
    const narrow = matchMedia("(max-width: 60rem)");
    expand(!narrow.matches);
    narrow.addEventListener("change", () => expand(!narrow.matches));
    menu.addEventListener("click", () => expand(menu.getAttribute("aria-expanded") !== "true"));
    const links = document.querySelectorAll(".contents a");
    followContents(links);
    links.forEach((link) => link.addEventListener("click", () => narrow.matches && expand(false)));
  }
})();
