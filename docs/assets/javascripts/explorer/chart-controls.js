// What the reader chooses of a chart.

import { offered, ROWS } from "./chart-plan.js";
import { h } from "./dom.js";

function choice(name, words, options, chosen, view) {
  const select = h("select", { "aria-label": words, "data-chart": name, onchange: () => view.set({ [name]: select.value }) }, ...options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
  return h("label", {}, h("span", {}, words), select);
}

/** The row of selections above a chart. */
export function chartControls(view, plan) {
  const named = (columns) => columns.map((column) => [column.name, column.name]);
  const parts = [
    choice("x", "Along", named(offered.x(view.table)), plan.x.name, view),
    choice("y", "Measure", [[ROWS, "number of rows"], ...named(offered.y(view.table))], plan.y?.name ?? ROWS, view),
    choice("colour", "Colour", [["none", "none"], ...named(offered.colour(view.table))], plan.colour?.name ?? "none", view),
  ];
  if (plan.y && plan.axis === "time") parts.push(choice("how", "Marks", [["each", "each row"], ["sum", "sum"]], plan.how, view));
  if (plan.how === "each") {
    const box = h("input", { type: "checkbox", "data-chart": "scale", ".checked": plan.log, onchange: () => view.set({ scale: box.checked ? "log" : "linear" }) });
    parts.push(h("label", { class: "explorer-check" }, box, " log scale"));
  }
  return parts;
}
