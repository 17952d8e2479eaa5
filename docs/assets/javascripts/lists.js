// Lists that can be sorted and filtered, and tables whose figures can be downloaded as they stand. Without a script all of it is a table.
(function () {
  "use strict";

  /** What a cell is sorted by: its number if it is one, else its text; an empty cell comes last. */
  function key(cell) {
    const text = (cell.dataset.value ?? cell.textContent).trim();
    const number = Number(text.replaceAll(",", ""));
    return { text, number: text === "" || Number.isNaN(number) ? null : number };
  }

  function compare(a, b) {
    if ((a.text === "") !== (b.text === "")) return a.text === "" ? 1 : -1;
    if (a.number !== null && b.number !== null) return a.number - b.number;
    return a.text.localeCompare(b.text, "en", { numeric: true });
  }

  function sort(table, heading, place) {
    // Of figures the largest ones are asked for first, of words the first ones.
    const sorted = heading.getAttribute("aria-sort");
    const descending = sorted ? sorted === "ascending" : table.tBodies[0].rows[0].cells[place].classList.contains("n");
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => [key(row.cells[place]), row]);
    keyed.sort(([a], [b]) => (a.text === "" || b.text === "" || !descending ? compare(a, b) : compare(b, a)));
    body.append(...keyed.map(([, row]) => row));
  }

  function sortable(table) {
    [...table.tHead.rows[0].cells].forEach((heading, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading, place));
      heading.append(button);
    });
  }

  function filterable(table) {
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const label = document.createElement("label");
    label.className = "list-filter";
    const input = document.createElement("input");
    input.type = "search";
    const count = document.createElement("output");
    label.append(`${table.dataset.filter} `, input, count);
    const apply = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !words.every((word) => texts[place].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = `${shown} of ${rows.length}`;
    };
    input.addEventListener("input", apply);
    apply();
    table.closest(".rows").before(label);
  }

  /** Tables as one CSV, those of the same name below each other: whole figures where a cell shows a rounded one. */
  function csv(tables) {
    const field = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const value = (cell) => {
      const text = (cell.dataset.value ?? cell.textContent).trim();
      return /^-?[\d,]+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
    };
    const rows = [tables[0].tHead.rows[0], ...tables.flatMap((table) => [...table.tBodies[0].rows])];
    return rows.map((row) => [...row.cells].map((cell) => field(value(cell))).join(",")).join("\n") + "\n";
  }

  function downloadable(name, tables) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "table-download";
    button.textContent = "Download this table (CSV)";
    button.setAttribute("aria-label", `Download: ${name} (CSV)`);
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([csv(tables)], { type: "text/csv" }));
      link.download = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    const tools = document.createElement("p");
    tools.className = "table-tools";
    tools.append(button);
    const last = tables.at(-1);
    (last.closest("details.more") ?? last.closest(".rows")).after(tools);
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    sortable(table);
    filterable(table);
  }
  const tables = [...document.querySelectorAll("table[data-download]")];
  for (const name of new Set(tables.map((table) => table.dataset.download))) {
    downloadable(name, tables.filter((table) => table.dataset.download === name));
  }
})();
