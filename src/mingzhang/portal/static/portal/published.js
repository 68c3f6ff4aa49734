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
      const link = document.createElement("a");
      link.className = "part";
      link.href = "#";
      const [where, text] = [document.createElement("span"), document.createElement("span")];
      where.textContent = placeName(figure, ".report > *");
      text.textContent = figure.textContent;
      text.className = "amount";
      link.append(where, text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        panel.close();
        goTo(figure);
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

  walkFigures(document.querySelectorAll(".report table"));

  // -- charts ----------------------------------------------------------------------------------------------------------

  const tip = document.getElementById("tip");
  const first = document.querySelector(".report .figure[data-at]");
  const prefix = first ? first.href.replace(/\d+\/$/, "") : "";
  forEachMark(document.querySelectorAll(".report figure.chart"), (mark, label, at) => {
    if (at !== undefined && prefix) {
      mark.dataset.at = at;
      mark.dataset.href = `${prefix}${at}/`;
    } else if (!mark.matches("[role=graphics-symbol]")) return;
    tipOver(mark, tip, label);
  });

  // -- contents: open beside the text on a wide screen, folded on a phone ------------------------------------------------

  const contents = document.querySelector("details.contents");
  if (contents) {
    const narrow = matchMedia("(max-width: 60rem)");
    contents.open = !narrow.matches;
    narrow.addEventListener("change", () => (contents.open = !narrow.matches));
    const links = contents.querySelectorAll("a");
    followContents(links);
    for (const link of links) {
      link.addEventListener("click", () => {
        if (narrow.matches) contents.open = false;
      });
    }
  }
}
