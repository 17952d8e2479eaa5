// BibTeX of rows, out of the bibliography that the library wrote: entry by entry what `rare_earths.cite` prints.

import { text } from "./files.js";

let bibliography;

async function entries() {
  const all = (await text("sources.bib")).trimEnd().split(/\n\n(?=@)/);
  const keyed = all.map((entry) => [/^@\w+\{([^,]+),/.exec(entry)[1], entry]);
  return { pack: keyed[0][1], sources: new Map(keyed.slice(1)) };
}

/** Columns of a table that name sources. */
export const sourceColumns = (table) => table.columns.filter(({ name }) => name === "source_id" || name.endsWith("_source_id"));

/** Keys of the sources that rows name. */
export function cited(table, rows) {
  const keys = new Set();
  for (const { values } of sourceColumns(table)) for (const row of rows) if (values[row] !== null) keys.add(values[row]);
  return keys;
}

/** BibTeX of the package and of the sources with these keys, in the order of the bibliography. */
export async function bibtex(keys) {
  bibliography ??= entries();
  const { pack, sources } = await bibliography;
  const unknown = [...keys].filter((key) => !sources.has(key));
  if (unknown.length) throw new Error(`The bibliography of this release lacks ${unknown.join(", ")}.`);
  return `${[pack, ...[...sources].filter(([key]) => keys.has(key)).map(([, entry]) => entry)].join("\n\n")}\n`;
}
