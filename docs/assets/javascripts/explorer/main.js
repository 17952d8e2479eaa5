// The explorer: puts the parts on the page and keeps them in step with the view.

import { chips } from "./chips.js";
import { chartControls } from "./chart-controls.js";
import { plan } from "./chart-plan.js";
import { draw, plotLibrary } from "./chart.js";
import { bibtex, cited } from "./citations.js";
import { filterList } from "./controls.js";
import { count, counted, debounced, h, painted } from "./dom.js";
import { json } from "./files.js";
import { columnsShown, grid, pager } from "./grid.js";
import { copy, save } from "./hand-over.js";
import { openPanel } from "./source-panel.js";
import { csv } from "./spelling.js";
import { View } from "./view.js";

const root = document.querySelector(".explorer");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
let saidAt;
const busy = (on) => root.setAttribute("aria-busy", String(on));
const title = document.title;
let release;
let filters;
let drawn = 0;

const chartOn = () => part("chart").open;
const chartWidth = () => Math.floor(part("drawing").clientWidth);

/** Tell the reader what was done, for a while. */
function say(words) {
  part("said").textContent = words;
  clearTimeout(saidAt);
  saidAt = setTimeout(() => (part("said").textContent = ""), 8000);
}

async function drawing(view, chosen) {
  const turn = (drawn += 1);
  const elements = await draw(view.table, view.matching, chosen, chartWidth());
  if (turn !== drawn) return;
  part("drawing").replaceChildren(...elements);
  part("drawing").dataset.table = view.table.name;
}

async function drawChart(view) {
  if (!chartOn() || !chartWidth()) return;
  const chosen = plan(view.table, view.matching, view.settings);
  const focused = document.activeElement?.dataset.chart;
  part("chart-controls").replaceChildren(...chartControls(view, chosen));
  if (focused) part("chart-controls").querySelector(`[data-chart="${focused}"]`)?.focus();
  await drawing(view, chosen);
}

/** The chart alone, while the rest of a long table is read. */
async function preview(view) {
  if (view.settings.chart === "off" || !chartWidth()) return;
  await drawing(view, plan(view.table, view.matching, view.settings)).catch(failed);
  await painted();
}

/** Keep the keyboard where it was when the rows are drawn anew. */
function redrawn(place, elements, name) {
  const key = document.activeElement?.closest(`[data-part="${place}"]`) && document.activeElement.dataset[name];
  part(place).replaceChildren(...elements);
  const again = key && [...part(place).querySelectorAll(`[data-${name}]`)].find((element) => element.dataset[name] === key);
  again?.focus({ preventScroll: true });
}

function columnMenu(view) {
  const shown = new Set(columnsShown(view.table, view.columns));
  const box = (column) => {
    const input = h("input", { type: "checkbox", ".checked": shown.has(column), onchange: () => view.toggle(column.name, input.checked) });
    return h("label", { class: "explorer-check" }, input, ` ${column.name}`);
  };
  const all = h("button", { type: "button", class: "explorer-link", onclick: () => view.set({ columns: ["all"] }) }, "All");
  const usual = h("button", { type: "button", class: "explorer-link", onclick: () => view.set({ columns: null }) }, "The usual ones");
  return [h("p", {}, all, " · ", usual), ...view.table.columns.map(box)];
}

function tableChanged(view) {
  document.title = `${view.table.name} - ${title}`;
  part("table").value = view.table.name;
  part("about").replaceChildren(`${view.table.description.replaceAll("`", "")} `, h("a", { href: `../tables/${view.table.name}/` }, "What its columns mean"));
  filters = filterList(view);
  part("filters").replaceChildren(...filters.nodes);
}

function show(view) {
  const { table, matching } = view;
  if (root.dataset.table !== table.name) tableChanged(view);
  root.dataset.table = table.name;
  root.dataset.rows = matching.length;
  if (part("search") !== document.activeElement) part("search").value = view.search;
  part("problems").replaceChildren(...view.problems.map((problem) => h("p", {}, problem)));
  const whole = matching.length === table.length;
  part("count").textContent = whole ? counted(table.length, "row") : `${count(matching.length)} of ${counted(table.length, "row")}`;
  const used = view.filters.length + Boolean(view.search);
  part("used").textContent = used ? ` (${used})` : "";
  part("address").textContent = location.href;
  part("chips").replaceChildren(...chips(view));
  filters.refresh();
  redrawn("grid", [matching.length ? grid(view) : h("p", { class: "explorer-empty" }, "No row meets these conditions. Remove one of the filters above.")], document.activeElement?.dataset.row ? "row" : "sort");
  redrawn("pager", pager(view), "page");
  part("columns").replaceChildren(...columnMenu(view));
  part("bibtex").disabled = !view.citable;
  part("bibtex").title = view.citable ? "" : "No column of this table names a source.";
  const off = view.settings.chart === "off";
  if (part("chart").open === off) part("chart").open = !off;
  drawChart(view).catch(failed);
  const panel = part("panel");
  if (view.open >= 0) openPanel(panel, table, view.open, say).catch(failed);
  else if (panel.open) panel.close();
}

function failed(error) {
  console.warn(error);
  part("problems").replaceChildren(h("p", {}, String(error.message)));
  if (!root.dataset.table) part("count").textContent = "No table is shown";
}

async function restore(view) {
  busy(true);
  await view.restore().catch(failed);
  busy(false);
}

function listen(view) {
  part("table").addEventListener("change", (event) => {
    history.pushState(null, "", View.of(event.target.value));
    restore(view);
  });
  part("search").addEventListener("input", debounced((event) => view.set({ search: event.target.value.trim() || null, page: null }, "search")));
  part("csv").addEventListener("click", () => {
    const names = view.table.columns.map((column) => column.name);
    const rows = Array.from(view.matching, (row) => view.table.columns.map((column) => column.values[row]));
    const some = view.matching.length < view.table.length ? "-selection" : "";
    save(csv(names, rows), `${release.name}-${release.version}-${view.table.name}${some}.csv`, "text/csv;charset=utf-8");
    say(`${counted(rows.length, "row")} saved as CSV, in the order of the table.`);
  });
  part("link").addEventListener("click", () => copy(location.href, "Link of this view", say));
  part("bibtex").addEventListener("click", async () => {
    const keys = cited(view.table, view.matching);
    await copy(await bibtex(keys), `BibTeX of the package and ${counted(keys.size, "source")}`, say).catch(failed);
  });
  part("chart").addEventListener("toggle", () => {
    if (!view.table || chartOn() === (view.settings.chart !== "off")) return;
    view.set({ chart: chartOn() ? null : "off" });
  });
  part("panel").addEventListener("close", () => {
    const key = view.open;
    if (view.settings.row) view.set({ row: null });
    root.querySelector(`[data-row="${key}"]`)?.focus({ preventScroll: true });
  });
  part("panel").addEventListener("click", (event) => event.target === part("panel") && part("panel").close());
  addEventListener("popstate", () => restore(view));
  let width = chartWidth();
  new ResizeObserver(() => {
    if (chartWidth() === width) return;
    width = chartWidth();
    if (view.table) drawChart(view).catch(failed);
  }).observe(part("drawing"));
}

async function start() {
  const wide = matchMedia("(min-width: 60em)");
  part("sidebar").open = wide.matches;
  wide.addEventListener("change", () => (part("sidebar").open = wide.matches));
  const view = new View(root.dataset.first, show, preview);
  if (!/[?&]\.chart=off/.test(location.search)) plotLibrary();
  listen(view);
  const [descriptor] = await Promise.all([json("datapackage.json"), restore(view)]);
  release = descriptor;
  const options = descriptor.resources.map((resource) => h("option", { value: resource.name }, `${resource.name} (${count(resource.rows)})`));
  part("table").replaceChildren(...options);
  part("table").value = view.state.table;
}

start().catch(failed);
