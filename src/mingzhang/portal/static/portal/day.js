/* Days as yyyy-mm-dd whatever the browser's language: typed in any usual way, stepped by keys, or picked from a month. */
"use strict";

{
  const written = /^\s*(\d{4})(?:[-\/.年](\d{1,2})[-\/.月](\d{1,2})日?|(\d{2})(\d{2}))\s*$/;
  const weekdays = ["一", "二", "三", "四", "五", "六", "日"];

  const made = (year, month, day) => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 ? date : null;
  };
  const read = (text) => {
    const found = written.exec(text);
    return found && made(Number(found[1]), Number(found[2] ?? found[4]), Number(found[3] ?? found[5]));
  };
  const show = (date) => date.toISOString().slice(0, 10);
  const today = () => {
    const now = new Date();
    return made(now.getFullYear(), now.getMonth() + 1, now.getDate());
  };
  const moved = (date, days) => new Date(date.getTime() + days * 86400000);
  const months = (date, step) => {
    const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    return made(first.getUTCFullYear(), first.getUTCMonth() + 1, Math.min(date.getUTCDate(), last));
  };
  const within = (input, date) => {
    const { first, last } = input.dataset;
    const text = show(date);
    return (!first || text >= first) && (!last || text <= last);
  };
  const held = (input, date) => {
    const { first, last } = input.dataset;
    if (first && show(date) < first) return read(first);
    return last && show(date) > last ? read(last) : date;
  };

  const check = (input) => {
    const date = read(input.value);
    const { first, last } = input.dataset;
    let wrong = "";
    if (input.value.trim() && !date) wrong = "没有这个日期，请写成 2021-03-05 这样。";
    else if (date && !within(input, date)) wrong = `日期应在 ${first || "最早"} 至 ${last || "最晚"} 之间。`;
    input.setCustomValidity(wrong);
    return date;
  };
  const put = (input, date) => {
    input.value = show(date);
    check(input);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const stepOf = (event, date) => {
    switch (event.key) {
      case "PageUp": return months(date, event.shiftKey ? -12 : -1);
      case "PageDown": return months(date, event.shiftKey ? 12 : 1);
      default: return null;
    }
  };

  let open = null;
  const close = (back = true) => {
    if (!open) return;
    const { input, button, panel } = open;
    open = null;
    panel.remove();
    button.setAttribute("aria-expanded", "false");
    if (back) input.focus();
  };

  const element = (tag, stated, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(stated)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };

  const draw = (date) => {
    const { input, panel } = open;
    open.at = date;
    const year = date.getUTCFullYear(), month = date.getUTCMonth() + 1;
    const chosen = input.value && read(input.value);
    const step = (text, label, by) => {
      const button = element("button", { type: "button", "aria-label": label, "data-by": by }, text);
      button.addEventListener("click", () => {
        draw(held(input, months(open.at, by)));
        panel.querySelector(`[data-by="${by}"]`).focus();
      });
      return button;
    };
    const head = element("div", { class: "day-head" },
      step("«", "上一年", -12), step("‹", "上一月", -1),
      element("b", { "aria-live": "polite" }, `${year}年${month}月`),
      step("›", "下一月", 1), step("»", "下一年", 12));
    const row = element("tr", {}, ...weekdays.map((name) => element("th", { scope: "col", abbr: `星期${name}` }, name)));
    const body = element("tbody", {});
    const first = made(year, month, 1);
    let each = moved(first, -((first.getUTCDay() + 6) % 7));
    do {
      const week = element("tr", {});
      for (let place = 0; place < 7; place += 1, each = moved(each, 1)) {
        const text = show(each), inside = each.getUTCMonth() + 1 === month;
        const button = element("button", { type: "button", "data-day": text, tabindex: text === show(date) ? "0" : "-1",
          "aria-label": `${each.getUTCFullYear()}年${each.getUTCMonth() + 1}月${each.getUTCDate()}日` }, String(each.getUTCDate()));
        if (!inside) button.classList.add("beside");
        if (text === show(today())) button.classList.add("today");
        if (chosen && text === show(chosen)) button.setAttribute("aria-pressed", "true");
        button.disabled = !within(input, each);
        week.append(element("td", {}, button));
      }
      body.append(week);
    } while (each.getUTCMonth() + 1 === month);
    panel.replaceChildren(head, element("table", {}, element("thead", {}, row), body));
  };

  const focusAt = () => open.panel.querySelector(`[data-day="${show(open.at)}"]`).focus();

  const openFor = (input, button) => {
    close(false);
    const panel = element("div", { class: "day-picker", role: "dialog", "aria-label": "选择日期" });
    open = { input, button, panel };
    input.parentElement.append(panel);
    button.setAttribute("aria-expanded", "true");
    draw(held(input, read(input.value) || today()));
    if (panel.getBoundingClientRect().right > document.documentElement.clientWidth) panel.classList.add("to-left");
    focusAt();
    panel.addEventListener("click", (event) => {
      const day = event.target.closest("[data-day]");
      if (!day) return;
      put(input, read(day.dataset.day));
      close();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        close();
        return;
      }
      if (!event.target.dataset.day) return;
      const weekday = (open.at.getUTCDay() + 6) % 7;
      const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekday, End: 6 - weekday }[event.key];
      const next = days === undefined ? stepOf(event, open.at) : moved(open.at, days);
      if (!next) return;
      event.preventDefault();
      draw(held(input, next));
      focusAt();
    });
    panel.addEventListener("focusout", (event) => {
      if (open && event.relatedTarget && !panel.contains(event.relatedTarget) && event.relatedTarget !== button) close(false);
    });
  };

  const prepare = (input) => {
    if (input.parentElement.querySelector(".day-open")) return;
    const button = element("button", { type: "button", class: "day-open", "aria-label": "选择日期", "aria-haspopup": "dialog", "aria-expanded": "false", tabindex: "-1" });
    button.addEventListener("click", () => (open && open.button === button ? close() : openFor(input, button)));
    input.after(button);
    check(input);
  };
  const prepareAll = () => {
    for (const input of document.querySelectorAll(".day > input")) prepare(input);
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches?.(".day > input")) check(event.target);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.(".day > input")) return;
    const date = check(event.target);
    if (date) event.target.value = show(date);
  });
  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches?.(".day > input") || event.ctrlKey || event.metaKey) return;
    if ((event.altKey && event.key === "ArrowDown") || event.key === "F4") {
      event.preventDefault();
      openFor(input, input.parentElement.querySelector(".day-open"));
      return;
    }
    const date = read(input.value) || (input.value.trim() ? null : today());
    if (!date || event.altKey) return;
    const next = { ArrowUp: moved(date, 1), ArrowDown: moved(date, -1) }[event.key] || stepOf(event, date);
    if (!next) return;
    event.preventDefault();
    put(input, held(input, input.value.trim() ? next : date));
  });
  document.addEventListener("pointerdown", (event) => {
    if (open && !open.panel.contains(event.target) && event.target !== open.button) close(false);
  });
  document.addEventListener("htmx:load", prepareAll);
  prepareAll();
}
