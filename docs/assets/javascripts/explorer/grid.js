// The rows: one page of them, sortable, each with a button that opens its source.

import { SUITED, UNITS } from "./chart-plan.js";
import { count, h } from "./dom.js";
import { parse } from "./filter.js";
import { label, nameOf, shown } from "./labels.js";

const PAGE = 50;
const SOURCE = /(^|_)source_id$/;
/** Columns that the panel of a row shows and the table leaves out until asked. */
const FOLDED = /^(locator|note|sha256|attribution)$|_(locator|as_printed|precision)$/;

/** Columns in the order of the table, but the usual measure before the details of its source; sources come last, as what the rest rests on. */
export function ordered(table) {
  const names = table.columns.map(({ name }) => name);
  const first = names.findIndex((name, at) => at > 0 && SOURCE.test(name));
  const measures = new Set([SUITED[table.name]?.y, ...UNITS]);
  const group = (name) => {
    if (SOURCE.test(name) && !(table.key.length === 1 && table.key[0] === name)) return 3;
    if (first < 0 || names.indexOf(name) < first) return 0;
    return measures.has(name) ? 1 : 2;
  };
  return table.columns.toSorted((a, b) => group(a.name) - group(b.name));
}

/** Whether a filter leaves one value in a column: it says the same in every row, and stands above them. */
function isHeld(column, terms) {
  const { values, needles, from, to } = parse(terms, column.type);
  return values.size === 1 && !needles.length && from === null && to === null && column.type !== "list";
}

/** Columns in the order of the grid: unless the reader chose them, what the filters hold comes after what they leave open. */
function columnsOf(view) {
  const columns = columnsShown(view.table, view.columns);
  if (view.columns) return columns;
  const group = (column) => (SOURCE.test(column.name) ? 2 : isHeld(column, view.terms(column.name)) ? 1 : 0);
  return columns.toSorted((a, b) => group(a) - group(b));
}

/** Columns shown: those asked for, or those that most readers need. */
export function columnsShown(table, asked) {
  if (asked?.[0] === "all") return table.columns;
  if (asked) return asked.map((name) => table.column(name));
  return ordered(table).filter((column) => !column.isEmpty && !FOLDED.test(column.name));
}

function head(column, view) {
  const [, minus, sorted] = /^(-?)(.*)$/.exec(view.sort ?? "");
  const state = sorted === column.name ? (minus ? "descending" : "ascending") : null;
  const next = state === "ascending" ? `-${column.name}` : state === "descending" ? null : column.name;
  const arrow = state === "ascending" ? "▲" : state === "descending" ? "▼" : "";
  return h(
    "th",
    { scope: "col", "aria-sort": state, class: column.type === "number" ? "explorer-number" : null },
    h("button", { type: "button", title: column.field.description.replaceAll("`", ""), "data-sort": column.name, onclick: () => view.set({ sort: next, page: null }) }, column.name, h("span", { "aria-hidden": "true" }, arrow), column.unit && h("small", {}, column.unit)),
  );
}

function cell(column, row) {
  const value = column.values[row];
  const text = shown(column, value);
  const title = value === null ? null : (nameOf(column, String(value)) ?? (text.length > 24 ? text : null));
  return h("td", { class: column.type === "number" ? "explorer-number" : null, title: title === text ? (column.refers ? String(value) : title) : title }, text);
}

/** A table of one page of rows. */
export function grid(view) {
  const columns = columnsOf(view);
  const from = (view.page - 1) * PAGE;
  const rows = Array.from(view.rows.subarray(from, from + PAGE));
  const named = (row) => view.table.key.map((name) => label(view.table.column(name), String(view.table.column(name).values[row] ?? ""))).join(", ");
  const body = rows.map((row) =>
    h(
      "tr",
      { class: row === view.open ? "explorer-open" : null },
      h("th", { scope: "row" }, h("button", { type: "button", class: "explorer-source", "data-row": row, "aria-label": `Source of ${named(row)}`, onclick: () => view.set({ row: view.table.keyOf(row) }) }, "Source")),
      ...columns.map((column) => cell(column, row)),
    ),
  );
  const corner = h("th", { scope: "col" }, h("span", { class: "explorer-hidden" }, "Source"));
  return h("table", { class: "explorer-table" }, h("thead", {}, h("tr", {}, corner, ...columns.map((column) => head(column, view)))), h("tbody", {}, ...body));
}

/** Number of pages. */
export const pages = (rows) => Math.max(1, Math.ceil(rows / PAGE));

/** Buttons that turn pages. */
export function pager(view) {
  const last = pages(view.rows.length);
  if (last === 1) return [];
  const turn = (page, text, name) => h("button", { type: "button", class: "explorer-button", disabled: page < 1 || page > last || page === view.page, "aria-label": name, "data-page": name, onclick: () => view.set({ page: page === 1 ? null : page }) }, text);
  return [
    turn(1, "«", "First page"),
    turn(view.page - 1, "‹", "Previous page"),
    h("span", {}, `Page ${count(view.page)} of ${count(last)}`),
    turn(view.page + 1, "›", "Next page"),
    turn(last, "»", "Last page"),
  ];
}
