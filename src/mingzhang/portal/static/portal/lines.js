/* Lines of a form: the total as one types, Enter to the next line, Ctrl+↓ copies from above, a new line at the end. */
"use strict";

for (const form of document.querySelectorAll("form[data-lines]")) {
  const body = form.querySelector("tbody");
  const total = form.querySelector("[data-total]");

  const fen = (text) => {
    const plain = text.replace(/[,，\s¥￥元]/g, "");
    if (!/^-?\d+(\.\d{1,2})?$/.test(plain)) return 0n;
    const [whole, part = ""] = plain.replace("-", "").split(".");
    const value = BigInt(whole) * 100n + BigInt((part + "00").slice(0, 2));
    return plain.startsWith("-") ? -value : value;
  };
  const shown = (value) => {
    const size = value < 0n ? -value : value;
    const whole = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
    return `${value < 0n ? "-" : ""}${whole}.${(size % 100n).toString().padStart(2, "0")}`;
  };
  const addUp = () => {
    let sum = 0n;
    for (const cell of body.querySelectorAll(".amount")) sum += fen(cell.value);
    total.textContent = shown(sum);
  };
  const addLine = () => {
    const last = body.lastElementChild;
    const line = last.cloneNode(true);
    const place = body.children.length + 1;
    line.querySelector(".place").textContent = String(place);
    for (const cell of line.querySelectorAll("input, select")) {
      cell.value = "";
      cell.removeAttribute("aria-invalid");
      cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/^第\d+行/, `第${place}行`));
    }
    for (const error of line.querySelectorAll(".error")) error.remove();
    for (const wrong of line.querySelectorAll(".wrong")) wrong.classList.remove("wrong");
    body.append(line);
    return line;
  };

  form.addEventListener("input", addUp);
  body.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.isComposing) return;
    const line = cell.parentElement;
    const place = [...line.children].indexOf(cell);
    if (event.key === "Enter") {
      event.preventDefault();
      const below = line.nextElementSibling || addLine();
      below.children[place].querySelector("input, select").focus();
    } else if (event.key === "ArrowDown" && event.ctrlKey && line.previousElementSibling) {
      event.preventDefault();
      event.target.value = line.previousElementSibling.children[place].querySelector("input, select").value;
      addUp();
    }
  });
  addUp();
}
