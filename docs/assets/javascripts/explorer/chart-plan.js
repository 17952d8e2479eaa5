// What a chart shows: the reader's choice, or what suits the table and the number of its rows.

/** More marks than this are slow to draw and say nothing; beyond it, rows are counted instead. */
export const MOST_MARKS = 3000;
/** The measure that counts rows. */
export const ROWS = "rows";

/** Columns that name the unit of a figure beside it. */
export const UNITS = ["unit", "currency", "per_unit"];

/** What suits each table; without `y`, rows are counted. `many` is for more rows than can be drawn. */
export const SUITED = {
  areas: { x: "kind" },
  claim_checks: { x: "verdict", colour: "rule" },
  claims: { x: "topic" },
  concentration: { x: "year", y: "hhi", colour: "topic" },
  elements: { x: "atomic_number", y: "oxide_to_metal", colour: "class" },
  materials: { x: "form" },
  policy_actions: { x: "announced_on", colour: "direction" },
  policy_amounts: { x: "kind", colour: "currency" },
  policy_citations: { x: "seen_as", colour: "grade" },
  policy_relations: { x: "relation", colour: "basis" },
  policy_types: { x: "policy_type", y: "actions", how: "sum" },
  prices: { x: "year", y: "price", colour: "material", scale: "log" },
  production: { x: "year", y: "quantity_t_reo", colour: "area" },
  production_reported: { x: "year", y: "quantity_t_reo", colour: "area" },
  products: { x: "product_stage", colour: "nomenclature" },
  quotas: { x: "year", y: "quantity_t_reo", colour: "quota_type" },
  quotas_yearly: { x: "year", y: "quantity_t_reo", colour: "quota_type" },
  reserves: { x: "as_of_year", y: "reserves_t_reo", colour: "area" },
  reserves_reported: { x: "as_of_year", y: "reserves_t_reo", colour: "area" },
  revisions: { x: "year", y: "change_percent", colour: "area" },
  sources: { x: "kind", colour: "licence" },
  trade_flows: { x: "period", y: "value", colour: "reporter", many: { x: "period", colour: "freq" } },
  trade_mirror: { x: "period", y: "weight_ratio" },
  us_salient_statistics: { x: "year", y: "value", colour: "series" },
};

/** Columns that the chart of a table may need. */
export function columnsNeeded(name, settings) {
  const { x, y, colour, many = {} } = SUITED[name] ?? {};
  return [x, y, colour, many.x, many.y, many.colour, settings.x, settings.y, settings.colour, ...UNITS].filter(Boolean);
}

const isYear = (column) => column.field.type === "year" || /year$/.test(column.name);

/** Whether marks stand on a line of time, on a line of numbers, or each in a place of its own. */
export function axisOf(column) {
  if (column.type === "period" || (column.type === "number" && isYear(column))) return "time";
  return column.type === "number" ? "number" : "category";
}

/** Columns that an axis or a colour may show. */
export const offered = {
  x: (table) => table.columns.filter((column) => !column.isEmpty && column.control !== "search"),
  y: (table) => table.columns.filter((column) => !column.isEmpty && column.type === "number" && !isYear(column)),
  colour: (table) => table.columns.filter((column) => !column.isEmpty && column.control === "choice"),
};

/** The colour that suits: of those offered, the first that tells these rows apart. */
function tellingColour(table, rows, suited, x) {
  if (!suited) return null;
  const list = [suited, ...table.key].map((name) => table.column(name));
  const varies = (column) => rows.some((row) => column.values[row] !== column.values[rows[0]]);
  return list.find((column) => column !== x && column.control === "choice" && varies(column)) ?? null;
}

/** The plan of a chart of these rows: columns, how rows become marks, and the scale. */
export function plan(table, rows, settings) {
  const many = rows.length > MOST_MARKS;
  const untouched = !["x", "y", "colour", "how"].some((name) => settings[name]);
  const suited = SUITED[table.name] ?? {};
  const base = untouched && many && suited.many ? suited.many : suited;
  const known = (name, list) => list.find((column) => column.name === name) ?? null;
  const x = known(settings.x ?? base.x, offered.x(table)) ?? offered.x(table)[0];
  const y = known(settings.y ?? base.y, offered.y(table));
  const colour = settings.colour ? known(settings.colour, offered.colour(table)) : tellingColour(table, rows, base.colour, x);
  const axis = axisOf(x);
  return { x, colour, axis, log: (settings.scale ?? base.scale) === "log", ...marks({ y, axis, many, asked: Boolean(settings.y), how: settings.how ?? base.how ?? "each", suitedY: known(suited.y, offered.y(table)) }) };
}

/** How rows become marks: each row one, sums or counts; and why not each, where a reader would expect it. */
function marks({ y, axis, many, asked, how, suitedY }) {
  const most = `Filter them down to ${MOST_MARKS.toLocaleString("en-US")}`;
  if (!y) return { y, how: "count", note: many && suitedY && !asked ? `Too many rows to draw each of them, so they are counted. ${most} to see ${suitedY.name}.` : "" };
  if (axis === "number") return { y, how: many ? "none" : "each", note: many ? `Too many rows to draw each of them. ${most}.` : "" };
  if (axis === "category" || how === "sum") return { y, how: "sum", note: "" };
  if (!many) return { y, how: "each", note: "" };
  if (asked) return { y, how: "sum", note: `Too many rows to draw each of them, so they are summed. ${most} to see each.` };
  return { y: null, how: "count", note: `Too many rows to draw each of them, so they are counted. ${most} to see ${y.name}.` };
}
