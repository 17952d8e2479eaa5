// Rows of a query as a table.

import { h } from "../explorer/dom.js";

/** Longer texts take several lines. */
const LONG = 30;
const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20, useGrouping: true });

function cell(name, value) {
  if (value === null) return h("td", { class: "sql-null" }, "NULL");
  if (value instanceof Uint8Array) return h("td", {}, `${value.length} bytes`);
  if (typeof value === "number") return h("td", { class: "explorer-number" }, /year/i.test(name) ? String(value) : number.format(value));
  return h("td", { class: value.length > LONG ? "sql-long" : null }, value);
}

/** A table of all rows of a result. */
export function resultTable({ columns, rows }) {
  const numeric = columns.map((_, place) => rows.some((row) => typeof row[place] === "number"));
  return h(
    "table",
    { class: "explorer-table sql-table" },
    h("thead", {}, h("tr", {}, ...columns.map((name, place) => h("th", { scope: "col", class: numeric[place] ? "explorer-number" : null }, name)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((value, place) => cell(columns[place], value))))),
  );
}
