/* Sorts a table by a column. Heads become buttons; a third press brings back the printed order. Without script, the printed order stays. */
"use strict";
(() => {
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  /* Numbers come as the program wrote them into data-sort, not as they are printed; what has no number sorts as text, below all numbers. */
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return "sort" in cell.dataset ? Number(cell.dataset.sort) : cell.textContent.trim();
  };

  const compare = (one, other) => {
    if (typeof one === "number" && typeof other === "number") return one - other;
    if (typeof one === "string" && typeof other === "string") return one.localeCompare(other, document.documentElement.lang, { numeric: true });
    return 0;
  };

  const sort = (table, printed, head) => {
    const order = NEXT[head.getAttribute("aria-sort")];
    for (const other of table.tHead.querySelectorAll("th[aria-sort]")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", order);
    const column = Number(head.dataset.column);
    const rows = printed.map((row) => ({ row, value: valueOf(row, column) }));
    if (order !== "none") {
      const sign = order === "ascending" ? 1 : -1;
      const last = (entry) => (rows.some((other) => typeof other.value === "number") && typeof entry.value === "string" ? 1 : 0);
      rows.sort((one, other) => last(one) - last(other) || sign * compare(one.value, other.value));
    }
    table.tBodies[0].append(...rows.map((entry) => entry.row));
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const printed = [...table.tBodies[0].rows];
    for (const head of table.tHead.querySelectorAll("th[data-column]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => sort(table, printed, head));
    }
  }
})();
