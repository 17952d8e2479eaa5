// Names behind codes: of areas, products and materials.

import { bytes } from "./files.js";
import { values } from "./table.js";

const NAMES = { areas: ["area", "name"], products: ["product", "description"], materials: ["material", "name"] };
const known = new Map();

async function names(table) {
  const [key, name] = NAMES[table];
  const found = await values(await bytes(`parquet/${table}.parquet`));
  return new Map(found.get(key).map((code, row) => [code, found.get(name)[row]]));
}

/** Read the names that the codes of a schema have; afterwards `label` knows them. */
export function learn(schema) {
  const wanted = new Set((schema.foreignKeys ?? []).map((key) => key.reference.resource).filter((name) => name in NAMES));
  return Promise.all([...wanted].map(async (name) => known.has(name) || known.set(name, await names(name))));
}

/** Name of a value of a column, or null where it has no other than itself. */
export const nameOf = (column, text) => (column.refers ? (known.get(column.refers)?.get(text) ?? null) : null);

/** What a reader sees of a value: the name of an area, the code of anything else; words for a missing one. */
export function label(column, text) {
  if (text === "") return "(no value)";
  return (column.refers === "areas" && nameOf(column, text)) || text;
}

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });

/** A value for a reader: numbers with thousands separators, years without. */
export function shown(column, value) {
  if (value === null || value === undefined) return "";
  if (column.type === "number" && column.field.type !== "year" && !/year$/.test(column.name)) return grouped.format(value);
  return label(column, String(value));
}
