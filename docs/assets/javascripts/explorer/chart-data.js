// Marks of a chart out of rows, and what a reader must know before trusting their sums. Nothing here draws.

import { UNITS } from "./chart-plan.js";
import { label } from "./labels.js";

/** Colours that can be told apart; what is left shares one. */
const COLOURS = 7;
/** Categories on an axis. */
const CATEGORIES = 25;
const OTHERS = "others";
/** Columns over which trade adds up, once everything else is the same. */
const ADDITIVE = new Set(["reporter", "partner", "exporter", "importer"]);

/** Decimal year of the beginning of a period, or of its end where it is an interval. */
function moment(text) {
  const [year, month] = text.split("/").at(-1).split("-").map(Number);
  return year + (month ? (month - 1) / 12 : 0);
}

/** Place of each row on the x axis; each different text is read once. */
function placer({ x, axis, how }) {
  if (x.type === "number") return (row) => x.values[row];
  const { texts, codes } = x.dictionary;
  const places = axis === "time" ? texts.map(how === "each" ? moment : (text) => Math.floor(moment(text))) : texts;
  const missing = axis === "time" ? null : "";
  return (row) => (codes[row] < 0 ? missing : places[codes[row]]);
}

/** Name of each row's colour. */
function painter({ colour }) {
  if (!colour) return () => null;
  const { texts, codes } = colour.dictionary;
  return (row) => texts[codes[row]] ?? "";
}

/** Names of the values with the greatest weight, up to a limit. */
function leading(weights, limit) {
  return [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, limit).map(([name]) => name);
}

function weigh(marks, name) {
  const weights = new Map();
  for (const mark of marks) weights.set(mark[name], (weights.get(mark[name]) ?? 0) + Math.abs(mark.y));
  return weights;
}

/** Marks of the colours that have one figure at each place: only these make a line. */
function unbranched(marks) {
  const branched = new Set();
  const seen = new Set();
  for (const { x, colour } of marks) {
    const place = `${x}|${colour}`;
    if (seen.has(place)) branched.add(colour);
    seen.add(place);
  }
  return marks.filter(({ colour }) => !branched.has(colour));
}

/** Parts of a line that no missing year interrupts. */
function numberRuns(marks) {
  const last = new Map();
  for (const mark of marks) {
    const before = last.get(mark.colour);
    mark.run = before && mark.x - before.x <= 1 ? before.run : `${mark.colour}|${mark.x}`;
    last.set(mark.colour, mark);
  }
}

function eachRow(rows, plan, place) {
  const marks = [];
  const colour = painter(plan);
  for (const row of rows) {
    const [x, y] = [place(row), plan.y.values[row]];
    if (x !== null && y !== null && (!plan.log || y > 0)) marks.push({ x, y, row, colour: colour(row) });
  }
  return marks.sort((a, b) => a.x - b.x || a.row - b.row);
}

function grouped(rows, plan, place) {
  const groups = new Map();
  const colour = painter(plan);
  for (const row of rows) {
    const [x, y, shade] = [place(row), plan.y ? plan.y.values[row] : 1, colour(row)];
    if (x === null || y === null) continue;
    if (!groups.has(x)) groups.set(x, new Map());
    const marks = groups.get(x);
    const mark = marks.get(shade);
    if (mark) Object.assign(mark, { y: mark.y + y, rows: mark.rows + 1 });
    else marks.set(shade, { x, y, rows: 1, colour: shade });
  }
  return [...groups.values()].flatMap((marks) => [...marks.values()]);
}

/** Marks with those of the other colours made one at each place. */
function merged(marks) {
  const others = new Map();
  for (const mark of marks.filter(({ series: name }) => name === OTHERS)) {
    const { y, rows } = others.get(mark.x) ?? { y: 0, rows: 0 };
    others.set(mark.x, { ...mark, colour: OTHERS, y: y + mark.y, rows: rows + mark.rows });
  }
  return [...marks.filter(({ series: name }) => name !== OTHERS), ...others.values()];
}

/** Columns of the key in which these rows differ though the chart does not tell them apart. */
function mixed(table, rows, plan) {
  return table.key
    .map((name) => table.column(name))
    .filter((column) => column !== plan.x && column !== plan.colour)
    .map((column) => [column, new Set(Array.from(rows, (row) => column.values[row]))])
    .filter(([, found]) => found.size > 1);
}

/** Warnings about figures that do not belong together. */
function warnings(table, rows, plan) {
  const found = [];
  if (plan.y) {
    for (const name of UNITS) {
      const column = table.byName.get(name);
      const units = column && column !== plan.colour ? new Set(Array.from(rows, (row) => column.values[row]).filter((unit) => unit !== null)) : new Set();
      if (units.size > 1) found.push(`The figures are in ${units.size} different units (${[...units].slice(0, 4).join(", ")}${units.size > 4 ? ", …" : ""}): filter by ${name} first.`);
    }
  }
  if (plan.how !== "sum") return found;
  const parts = mixed(table, rows, plan);
  const overlap = parts.filter(([column]) => !ADDITIVE.has(column.name)).map(([column, values]) => `${column.name} (${values.size})`);
  if (overlap.length) found.push(`These rows differ in ${overlap.join(", ")}: their sum may count the same thing more than once.`);
  const world = parts.filter(([column, values]) => column.refers === "areas" && values.has("WLD")).map(([column]) => column.name);
  if (world.length) found.push(`The world stands among the values of ${world.join(" and ")}: the sum counts it beside its parts.`);
  return found;
}

/**
 * Marks of a plan.
 *
 * @returns {{marks: object[], lines: object[], colours: string[], warnings: string[], left: number, undrawn: number}}
 */
export function chartData(table, rows, plan) {
  if (plan.how === "none") return { marks: [], lines: [], colours: [], left: 0, undrawn: 0, warnings: [] };
  const place = placer(plan);
  let marks = plan.how === "each" ? eachRow(rows, plan, place) : grouped(rows, plan, place);
  const undrawn = rows.length - marks.reduce((sum, mark) => sum + (mark.rows ?? 1), 0);
  let left = 0;
  if (plan.axis === "category") {
    const kept = new Set(leading(weigh(marks, "x"), CATEGORIES));
    left = new Set(marks.map((mark) => mark.x)).size - kept.size;
    marks = marks.filter((mark) => kept.has(mark.x));
  }
  const weights = weigh(marks, "colour");
  const named = plan.colour ? leading(weights, weights.size > COLOURS + 1 ? COLOURS : COLOURS + 1) : [];
  const shown = new Set(named);
  for (const mark of marks) mark.series = shown.has(mark.colour) ? mark.colour : OTHERS;
  if (plan.how !== "each") marks = merged(marks);
  const lines = plan.how === "each" && plan.axis === "time" ? unbranched(marks) : [];
  numberRuns(lines);
  const order = (mark) => (named.indexOf(mark.series) + 1 || COLOURS + 2);
  if (plan.how !== "each") marks.sort((a, b) => order(a) - order(b));
  const colours = plan.colour && weights.size > named.length ? [...named, OTHERS] : named;
  return { marks, lines, colours, left, undrawn, warnings: warnings(table, rows, plan) };
}

/** Name of a colour in a legend. */
export const series = (plan, name) => (name === OTHERS && !plan.colour?.dictionary.texts.includes(OTHERS) ? OTHERS : label(plan.colour, name));
