// Tables and columns of the database with what they mean.

import { counted, h, marked } from "../explorer/dom.js";

/** Folded list of tables; pressing a name puts it into the query. */
export function schemaBrowser(schema, insert) {
  const tables = Map.groupBy(schema, ([table]) => table);
  const name = (text, words) => h("button", { type: "button", class: "explorer-link", title: `Put ${text} into the query`, onclick: () => insert(text) }, words ?? text);
  return [...tables].map(([table, columns]) => {
    const [, title, rows] = columns[0];
    const items = columns.map(([, , , column, type, unit, description]) =>
      h("div", {}, h("dt", {}, name(column), h("small", {}, ` ${type}${unit ? `, ${unit}` : ""}`)), h("dd", {}, ...marked(description))),
    );
    return h("details", { class: "explorer-filter" }, h("summary", {}, h("span", { class: "explorer-name" }, table), h("span", { class: "explorer-count" }, counted(rows, "row"))), h("div", { class: "explorer-control" }, h("p", {}, `${title}. `, name(table, "Put its name into the query")), h("dl", {}, ...items)));
  });
}
