// The panel of one row: what its source is, where in it the statement stands, and every value of the row.

import { cited, bibtex, sourceColumns } from "./citations.js";
import { counted, h } from "./dom.js";
import { copy } from "./hand-over.js";
import { nameOf, shown } from "./labels.js";
import { load } from "./table.js";

let sources;

async function sourceRow(key) {
  sources ??= load("sources");
  const table = await sources;
  const row = table.find(key);
  if (row < 0) throw new Error(`The table of sources lacks “${key}”.`);
  return Object.fromEntries(table.columns.map((column) => [column.name, column.values[row]]));
}

const fact = (name, ...content) => (content.some(Boolean) ? [h("dt", {}, name), h("dd", {}, ...content)] : []);
const link = (address, text) => h("a", { href: address, rel: "noopener external" }, text);

/** Meaning of a grade, out of the description of its column. */
function meaning(column, grade) {
  return new RegExp(`\\b${grade}: ([^.]*\\.)`).exec(column.field.description)?.[1] ?? "";
}

function locatorFacts(locator) {
  return locator.split("; ").flatMap((pair) => {
    const at = pair.indexOf("=");
    return fact(pair.slice(0, at), pair.slice(at + 1));
  });
}

async function sourceFacts(table, row, column) {
  const key = column.values[row];
  const stem = column.name.slice(0, -"source_id".length);
  const beside = (name) => table.byName.get(`${stem}${name}`) ?? (stem ? null : table.byName.get(name));
  const [locator, grade] = [beside("locator"), beside("grade")];
  const head = h("h3", {}, stem ? stem.replaceAll("_", " ").trim() : "Source");
  if (key === null) return [head, h("p", {}, "This row names none here.")];
  const source = await sourceRow(key);
  const letter = grade?.values[row];
  return [
    head,
    h("p", { class: "explorer-title" }, link(source.url, source.title)),
    h(
      "dl",
      {},
      ...fact("Publisher", source.publisher),
      ...fact("Published", source.published_on),
      ...fact("Edition", [source.edition, source.edition_version].filter(Boolean).join(", ")),
      ...fact("Read as restated by", source.restated_by),
      ...fact("Licence", source.licence_url ? link(source.licence_url, source.licence) : source.licence),
      ...fact("To be credited as", source.attribution),
      ...fact("Address", link(source.url, source.url)),
      ...fact("Key", h("a", { href: `../sources/${key}/` }, h("code", {}, key))),
    ),
    ...(locator?.values[row] ? [h("h3", {}, "Where in it"), h("dl", { class: "explorer-locator" }, ...locatorFacts(locator.values[row]))] : []),
    ...(letter ? [h("h3", {}, "Grade"), h("p", {}, h("b", { class: "explorer-grade" }, letter), ` ${meaning(grade, letter)}`)] : []),
  ];
}

function valueFacts(table, row) {
  return table.columns.filter((column) => column.values[row] !== null).flatMap((column) => {
    const value = column.values[row];
    const name = nameOf(column, String(value));
    const text = shown(column, value);
    const extra = name && name !== text ? ` (${name})` : column.refers === "areas" ? ` (${value})` : column.unit ? ` ${column.unit}` : "";
    return [h("dt", { title: column.field.description.replaceAll("`", "") }, column.name), h("dd", {}, text + extra)];
  });
}

/** Fill the panel and open it. */
export async function openPanel(dialog, table, row, say) {
  const columns = table.name === "sources" ? [] : sourceColumns(table);
  const keys = cited(table, [row]);
  const parts = table.name === "sources" ? [await sourceFacts(table, row, table.column("source_id"))] : await Promise.all(columns.map((column) => sourceFacts(table, row, column)));
  const none = h("p", {}, "No column of this table names a source: it holds no figures, but the codes, names and links that other tables use.");
  const close = h("button", { type: "button", class: "explorer-close", "aria-label": "Close", onclick: () => dialog.close() }, "×");
  const cite = h("button", { type: "button", class: "explorer-button", onclick: async () => copy(await bibtex(keys), `BibTeX of the package and ${counted(keys.size, "source")}`, say) }, "Copy BibTeX of this row");
  dialog.replaceChildren(
    h("header", {}, h("h2", { id: "explorer-panel-title" }, `A row of ${table.name}`), close),
    h("div", { class: "explorer-panel-body", tabindex: "0", role: "region", "aria-label": "Source and values of the row" }, ...(parts.length ? parts.flat() : [none]), ...(parts.length ? [h("p", {}, cite)] : []), h("h3", {}, "All values of the row"), h("dl", {}, ...valueFacts(table, row))),
  );
  if (!dialog.open) dialog.showModal();
}
