// Draw a plan with Observable Plot, loaded when the first chart is drawn.

import { chartData, series } from "./chart-data.js";
import { UNITS } from "./chart-plan.js";
import { counted, h } from "./dom.js";
import { label, shown } from "./labels.js";

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 4 });
const STYLE = { fontFamily: "inherit", fontSize: "12px", overflow: "visible" };
const BACK = "var(--md-default-bg-color)";
/** Half the width of a column, in years. */
const HALF = 0.42;
const middle = (part) => (part.from + part.to) / 2;
let loading;

/** The library; asked for early, it comes while the data does. */
export const plotLibrary = () => (loading ??= import("../../vendor/plot-marks.min.js"));

/** Unit of a measure: its own, or the one that all rows name beside it. */
function unitOf(table, rows, { y }) {
  if (y.unit) return y.unit;
  const found = UNITS.flatMap((name) => {
    const values = table.byName.get(name)?.values;
    return values && rows.every((row) => values[row] === values[rows[0]]) ? [values[rows[0]]] : [];
  });
  return /^value|price/.test(y.name) ? found.join(" per ") : "";
}

/** What the y axis measures. */
function measure(table, rows, plan) {
  if (!plan.y) return "number of rows";
  const unit = unitOf(table, rows, plan);
  return `${plan.how === "sum" ? "sum of " : ""}${plan.y.name}${unit && `, ${unit}`}`;
}

function described(table, plan, what, mark) {
  const place = plan.axis === "category" ? label(plan.x, mark.x) : plan.how === "each" && plan.x.type === "period" ? plan.x.values[mark.row] : mark.x;
  const lines = [`${plan.x.name}: ${place}`];
  if (plan.colour) lines.push(`${plan.colour.name}: ${series(plan, mark.colour)}`);
  const figure = plan.y ? shown(plan.y, mark.y) : mark.y.toLocaleString("en-US");
  lines.push(`${what}: ${figure}`);
  if (plan.how === "sum") lines.push(counted(mark.rows, "row"));
  const source = plan.how === "each" ? table.byName.get("source_id")?.values[mark.row] : null;
  if (source) lines.push(`source: ${source}`);
  return lines.join("\n");
}

function legend(plan, colours) {
  if (!plan.colour) return [];
  const items = colours.map((name, at) => h("li", {}, h("span", { class: "swatch", style: `background: ${paint(colours, name, at)}` }), series(plan, name)));
  return [h("ul", { class: "chart-legend", "aria-label": `Colours: ${plan.colour.name}` }, ...items)];
}

function paint(colours, name, at = colours.indexOf(name)) {
  return name === "others" && at === colours.length - 1 && at > 0 ? "var(--series-others)" : `var(--series-${at + 1})`;
}

function pointMarks(Plot, { marks, lines }, fill, title) {
  const radius = marks.length > 400 ? 2 : marks.length > 60 ? 3 : 4.5;
  return [
    ...(lines.length ? [Plot.lineY(lines, { x: "x", y: "y", z: "run", stroke: fill, strokeWidth: 1.5 })] : []),
    Plot.dot(marks, { x: "x", y: "y", r: radius, fill, stroke: BACK, strokeWidth: 0.5, ariaDescription: "rows" }),
    Plot.tip(marks, Plot.pointer({ x: "x", y: "y", title, fontSize: 12, lineWidth: 30 })),
  ];
}

function stacked(marks) {
  const tops = new Map();
  return marks.map((mark) => {
    const side = mark.y < 0 ? "-" : "+";
    const from = tops.get(`${mark.x}${side}`) ?? 0;
    tops.set(`${mark.x}${side}`, from + mark.y);
    return { ...mark, from, to: from + mark.y };
  });
}

/** Horizontal bars, one per category, the longest first. */
function categoryPlot(Plot, plan, data, { common, value, fill, title, narrow }) {
  const parts = stacked(data.marks);
  const sums = new Map();
  for (const { x, y } of parts) sums.set(x, (sums.get(x) ?? 0) + y);
  const domain = [...sums.keys()].sort((a, b) => sums.get(b) - sums.get(a));
  const most = narrow ? 16 : 30;
  const text = (name) => {
    const whole = label(plan.x, name);
    return whole.length > most ? `${whole.slice(0, most - 1)}…` : whole;
  };
  return Plot.plot({
    ...common,
    height: 56 + 24 * domain.length,
    marginLeft: Math.min(narrow ? 120 : 210, 16 + 6.4 * Math.max(...domain.map((name) => text(name).length))),
    x: { ...value, ticks: narrow ? 4 : 8 },
    y: { domain, label: null, tickFormat: text, tickSize: 0 },
    marks: [
      Plot.barX(parts, { x1: "from", x2: "to", y: "x", fill, insetTop: 1, insetBottom: 1, ariaDescription: "bars" }),
      Plot.ruleX([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
      Plot.tip(parts, Plot.pointer({ x: middle, y: "x", title, fontSize: 12 })),
    ],
  });
}

/** Columns on a line of time; years without rows keep their place. */
function columnMarks(Plot, parts, fill, title) {
  return [
    Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
    Plot.rect(parts, { x1: (part) => part.x - HALF, x2: (part) => part.x + HALF, y1: "from", y2: "to", fill, ariaDescription: "bars" }),
    Plot.tip(parts, Plot.pointer({ x: "x", y: middle, title, fontSize: 12 })),
  ];
}

function linePlot(Plot, plan, data, { common, value, fill, title, narrow }) {
  const bars = plan.how !== "each";
  const parts = bars ? stacked(data.marks) : data.marks;
  const places = parts.map((mark) => mark.x);
  const [low, high] = [places.reduce((a, b) => Math.min(a, b)), places.reduce((a, b) => Math.max(a, b))];
  const room = bars ? 0.6 : (high - low || 1) * 0.02;
  const time = plan.axis === "time";
  const ticks = { tickFormat: (year) => (Number.isInteger(year) ? String(year) : ""), ticks: Math.max(1, Math.min(high - low + 1, narrow ? 5 : 12)) };
  return Plot.plot({
    ...common,
    height: Math.max(260, Math.min(380, common.width * 0.45)),
    marginLeft: 52,
    marginTop: 28,
    x: { label: time ? null : plan.x.name, labelArrow: "none", domain: [low - room, high + room], tickSize: 3, ...(time ? ticks : { ticks: narrow ? 5 : 10 }) },
    y: { ...value, ...(plan.log && !bars ? { type: "log" } : { zero: true }) },
    marks: bars ? columnMarks(Plot, parts, fill, title) : pointMarks(Plot, data, fill, title),
  });
}

/** Elements of a chart of these rows, `width` pixels wide. */
export async function draw(table, rows, plan, width) {
  const data = chartData(table, rows, plan);
  if (!data.marks.length) return [h("p", { class: "explorer-empty" }, plan.note || (rows.length ? "These rows hold no figure that the chart could show." : "No row is left to draw."))];
  const lacking = plan.y ? `a figure ${plan.log ? "above zero " : ""}to draw` : plan.x.name;
  const undrawn = data.undrawn ? `${counted(data.undrawn, "row")} without ${lacking}.` : "";
  const notes = [plan.note, undrawn, data.left ? `${counted(data.left, "smaller value")} of ${plan.x.name} left out.` : "", ...data.warnings].filter(Boolean);
  const Plot = await plotLibrary();
  const what = measure(table, rows, plan);
  const parts = {
    narrow: width < 520,
    fill: (mark) => (plan.colour ? paint(data.colours, mark.series) : "var(--series-1)"),
    title: (mark) => described(table, plan, what, mark),
    value: { label: what, labelArrow: "none", tickFormat: (number) => compact.format(number), grid: true, tickSize: 0, nice: true },
    common: {
      width,
      style: STYLE,
      ariaLabel: `Chart of ${what} by ${plan.x.name}${plan.colour ? `, coloured by ${plan.colour.name}` : ""}: ${counted(data.marks.length, "mark")}. The rows below hold the same figures.`,
    },
  };
  // One name for the whole picture; those that Plot gives to its groups may not stand there.
  const drawing = (plan.axis === "category" ? categoryPlot : linePlot)(Plot, plan, data, parts);
  for (const group of drawing.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  return [...legend(plan, data.colours), drawing, ...notes.map((note) => h("p", { class: "explorer-note" }, note))];
}
