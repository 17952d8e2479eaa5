// What is filtered now, each filter with a button that takes it away.

import { h } from "./dom.js";
import { parse } from "./filter.js";
import { label } from "./labels.js";

/** A filter in words. */
export function inWords(column, terms) {
  const { values, needles, from, to } = parse(terms, column.type);
  const parts = [];
  if (values.size) parts.push([...values].map((text) => label(column, text)).join(" or "));
  if (needles.length) parts.push(needles.map((needle) => `holds “${needle}”`).join(" and "));
  if (from !== null && to !== null) parts.push(from === to ? from : `${from} to ${to}`);
  else if (from !== null) parts.push(`from ${from}`);
  else if (to !== null) parts.push(`up to ${to}`);
  return parts.join(", ");
}

/** One button per filter, and one for all. */
export function chips(view) {
  const chip = (name, words, remove) =>
    h("li", {}, h("button", { type: "button", class: "explorer-chip", "aria-label": `Remove the filter ${name}: ${words}`, onclick: remove }, h("b", {}, name), ` ${words} `, h("span", { "aria-hidden": "true" }, "×")));
  const filters = view.filters.map(([name, terms]) => chip(name, inWords(view.table.column(name), terms), () => view.change(name, [])));
  if (view.search) filters.push(chip("search", `“${view.search}”`, () => view.set({ search: null })));
  if (filters.length > 1) filters.push(h("li", {}, h("button", { type: "button", class: "explorer-link", onclick: view.clear }, "Remove all filters")));
  return filters;
}
