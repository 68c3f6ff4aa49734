/* Tables of accounts that open and close: a button before every account with details. */
"use strict";

for (const table of document.querySelectorAll("table.tree")) {
  const rows = [...table.tBodies[0].rows];
  const byCode = new Map(rows.map((row) => [row.dataset.code, row]));
  const closed = new Set();

  const hidden = (row) => {
    let above = row.dataset.parent;
    while (above) {
      if (closed.has(above)) return true;
      above = byCode.get(above)?.dataset.parent;
    }
    return false;
  };
  const show = () => {
    for (const row of rows) row.hidden = hidden(row);
  };

  for (const row of rows) {
    if (!("opens" in row.dataset)) continue;
    table.classList.add("with-openers");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "opener";
    button.textContent = "▾";
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-label", `${row.cells[0].textContent.trim()} 的明细科目`);
    button.addEventListener("click", () => {
      const code = row.dataset.code;
      if (!closed.delete(code)) closed.add(code);
      button.textContent = closed.has(code) ? "▸" : "▾";
      button.setAttribute("aria-expanded", String(!closed.has(code)));
      show();
    });
    row.cells[0].prepend(button);
  }
}
