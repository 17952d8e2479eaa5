// One filter per column, as its schema asks for it: a range, a list of values, or a search in its text.

import { count, debounced, h } from "./dom.js";
import { exactly, parse } from "./filter.js";
import { label, nameOf, shown } from "./labels.js";

/** Values listed at once; the rest is found by typing. */
const LISTED = 60;
/** Lists longer than this can be searched. */
const SEARCHED = 8;

function missingBox(column, view) {
  if (!column.hasMissing) return [];
  const input = h("input", { type: "checkbox", onchange: () => view.change(column.name, input.checked ? [""] : []) });
  return [{ node: h("label", { class: "explorer-check" }, input, " only rows without a value"), refresh: (terms) => (input.checked = terms.includes("")) }];
}

function rangeControl(column, view) {
  const numeric = column.type === "number";
  const texts = numeric ? column.numbers.filter((value) => value === value) : column.dictionary.texts;
  const extent = texts.length ? texts.reduce(([low, high], value) => [value < low ? value : low, value > high ? value : high], [texts[0], texts[0]]) : ["", ""];
  const valid = (text) => text === "" || (numeric ? Number.isFinite(Number(text)) : /^\d{4}(-\d{2}){0,2}$/.test(text));
  const expected = numeric ? "a number such as 1500 or 0.25" : "a year, a month or a day, such as 2024 or 2024-05";
  // Thousands may be set apart, as they are in the rows.
  const typed = (input) => (numeric ? input.value.replaceAll(",", "") : input.value).trim();
  const changed = debounced(() => {
    for (const input of inputs) {
      input.setCustomValidity(valid(typed(input)) ? "" : `Expected ${expected}.`);
      if (!input.reportValidity()) return;
    }
    const [from, to] = inputs.map(typed);
    view.change(column.name, from || to ? [`${from}..${to}`] : [], true);
  }, 300);
  const input = (word, bound) =>
    h("input", {
      type: "text",
      inputmode: numeric ? "decimal" : null,
      placeholder: bound === "" ? "" : shown(column, bound),
      "aria-label": `${column.name} ${word}${column.unit ? `, ${column.unit}` : ""}`,
      oninput: changed,
    });
  const inputs = [input("from", extent[0]), input("to", extent[1])];
  const missing = missingBox(column, view);
  return {
    nodes: [h("div", { class: "explorer-range" }, inputs[0], h("span", { "aria-hidden": "true" }, "–"), inputs[1]), ...missing.map((box) => box.node)],
    refresh(terms) {
      const { from, to } = parse(terms, column.type);
      [from, to].forEach((bound, place) => {
        if (inputs[place] !== document.activeElement) inputs[place].value = bound ?? "";
      });
      missing.forEach((box) => box.refresh(terms));
    },
  };
}

function searchControl(column, view) {
  const input = h("input", {
    type: "search",
    placeholder: "Text it holds",
    "aria-label": `${column.name} holds this text`,
    oninput: debounced(() => view.change(column.name, input.value.trim() ? [`*${input.value.trim()}*`] : [], true)),
  });
  const missing = missingBox(column, view);
  return {
    nodes: [input, ...missing.map((box) => box.node)],
    refresh(terms) {
      const term = terms.find((text) => /^\*.+\*$/.test(text));
      if (input !== document.activeElement) input.value = term ? term.slice(1, -1) : "";
      missing.forEach((box) => box.refresh(terms));
    },
  };
}

function choiceControl(column, view) {
  const list = h("ul", { class: "explorer-choices", role: "list", tabindex: "-1" });
  const more = h("p", { class: "explorer-hint" });
  const find = h("input", { type: "search", placeholder: "Find a value", "aria-label": `Find a value of ${column.name}`, oninput: () => draw() });
  let boxes = new Map();

  function item(text) {
    const input = h("input", { type: "checkbox", ".value": text, onchange: () => toggle(text, input.checked) });
    const rows = h("span", { class: "explorer-count" });
    const name = nameOf(column, text);
    const words = column.refers === "areas" ? [label(column, text), name && h("code", {}, text)] : [label(column, text), name && h("small", {}, name)];
    boxes.set(text, { input, rows });
    return h("li", {}, h("label", { class: "explorer-check", title: name }, input, h("span", { class: "explorer-value" }, ...words), rows));
  }

  function toggle(text, on) {
    const kept = view.terms(column.name).filter((term) => term !== exactly(text));
    view.change(column.name, on ? [...kept, exactly(text)] : kept);
  }

  /** Lay the list out anew: chosen values first, then those with most rows. */
  function draw() {
    const { values } = parse(view.terms(column.name), column.type);
    const needle = find.value.trim().toLowerCase();
    const counts = view.table.facet(column.name);
    find.hidden = counts.size <= SEARCHED;
    const hit = (text) => `${text} ${nameOf(column, text) ?? ""}`.toLowerCase().includes(needle);
    const found = [...counts].filter(([text]) => hit(text));
    found.sort(([a, x], [b, y]) => values.has(b) - values.has(a) || y - x || (a < b ? -1 : 1));
    boxes = new Map();
    list.replaceChildren(...found.slice(0, LISTED).map(([text]) => item(text)));
    more.hidden = found.length > 0 && found.length <= LISTED;
    more.textContent = found.length ? `${count(found.length - LISTED)} more: type to find them.` : "No such value.";
    mark(counts, values);
  }

  function mark(counts, values) {
    for (const [text, { input, rows }] of boxes) {
      input.checked = values.has(text);
      rows.textContent = count(counts.get(text) ?? 0);
      input.closest("li").classList.toggle("explorer-none", !counts.get(text) && !input.checked);
    }
  }

  return {
    nodes: [find, list, more],
    // Told late where the reader types at once; by then the list is there, and may hold the focus.
    opened: () => boxes.size || draw(),
    refresh(terms, open) {
      // A list that the reader is in keeps its order, so that the focus stays.
      if (open && boxes.size) mark(view.table.facet(column.name), parse(terms, column.type).values);
      else if (open) draw();
      else boxes = new Map();
    },
  };
}

const MADE = { range: rangeControl, choice: choiceControl, search: searchControl };

/**
 * Filters of a table.
 *
 * @param {object} view `table`, `terms(column)` and `change(column, terms)`
 */
export function filterList(view) {
  const made = view.table.columns.filter((column) => !column.isEmpty).map((column) => {
    const control = MADE[column.control](column, view);
    const state = h("span", { class: "explorer-active" });
    const body = h("div", { class: "explorer-control", role: "group", "aria-label": `Filter by ${column.name}` }, ...control.nodes);
    const details = h(
      "details",
      { class: "explorer-filter", "data-column": column.name, ontoggle: () => details.open && control.opened?.() },
      h("summary", { title: column.field.description.replaceAll("`", "") }, h("span", { class: "explorer-name" }, column.name), state),
      body,
    );
    return {
      details,
      refresh() {
        const terms = view.terms(column.name);
        state.textContent = terms.length ? count(terms.length) : "";
        state.setAttribute("aria-label", terms.length ? `${terms.length} chosen` : "");
        details.classList.toggle("explorer-on", terms.length > 0);
        control.refresh(terms, details.open);
      },
    };
  });
  return { nodes: made.map(({ details }) => details), refresh: () => made.forEach((one) => one.refresh()) };
}
