// A table of the release: read whole, filtered and sorted by row numbers.

import { decompress, parquetMetadata, parquetRead } from "../../vendor/hyparquet.min.js";
import { Column } from "./column.js";
import { bytes, json } from "./files.js";
import { fails, failsSearch, parse } from "./filter.js";

const compressors = { ZSTD: (input) => decompress(input) };

/** Parquet keeps whole numbers in 64 bits; all of ours are exact in a number of JavaScript, or the table is refused. */
function plain(value) {
  if (typeof value !== "bigint") return value ?? null;
  if (BigInt.asIntN(53, value) !== value) throw new RangeError(`${value} is too large for this page`);
  return Number(value);
}

/** Values of a Parquet file: column -> array; of all columns, or of those that it has of the ones named. */
export async function values(buffer, wanted = null, metadata = parquetMetadata(buffer)) {
  const rows = Number(metadata.num_rows);
  const columns = wanted && metadata.schema.slice(1).map(({ name }) => name).filter((name) => wanted.has(name));
  const chunks = [];
  // What is thrown in here would be lost: the chunks are only kept, and looked at below.
  await parquetRead({ file: buffer, metadata, compressors, ...(columns ? { columns } : {}), onChunk: (chunk) => chunks.push(chunk) });
  const found = new Map();
  for (const { columnName, columnData, rowStart } of chunks) {
    if (!found.has(columnName)) found.set(columnName, new Array(rows).fill(null));
    const column = found.get(columnName);
    for (let at = 0; at < columnData.length; at += 1) column[rowStart + at] = plain(columnData[at]);
  }
  return found;
}

export class Table {
  /**
   * @param {object} schema Table Schema
   * @param {Map<string, Array>} found values of its columns; a column without values is left out
   */
  constructor(schema, found) {
    const refers = new Map((schema.foreignKeys ?? []).flatMap((key) => (key.fields.length === 1 ? [[key.fields[0], key.reference.resource]] : [])));
    this.name = schema.name;
    this.title = schema.title;
    this.description = schema.description;
    this.key = schema.primaryKey;
    this.columns = schema.fields.filter((field) => found.has(field.name)).map((field) => new Column(field, found.get(field.name), refers.get(field.name)));
    this.byName = new Map(this.columns.map((column) => [column.name, column]));
    this.length = this.columns[0].values.length;
    this._masks = new Map();
  }

  /** Rows that pass, in the order of the primary key; `failed` counts, per row, the filters that leave it out. */
  filter(filters, search = "") {
    const failed = new Uint8Array(this.length);
    const masks = new Map();
    for (const [name, terms] of filters) masks.set(name, this._mask(name, terms.join("\n"), () => fails(this.column(name), parse(terms, this.column(name).type))));
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) masks.set(".search", this._mask(".search", words.join(" "), () => failsSearch(this.columns.filter((column) => column.type !== "number"), words, this.length)));
    for (const mask of masks.values()) for (let row = 0; row < this.length; row += 1) failed[row] += mask[row];
    const rows = new Int32Array(this.length);
    let found = 0;
    for (let row = 0; row < this.length; row += 1) if (!failed[row]) rows[found++] = row;
    this._failed = failed;
    this._masks = new Map([...this._masks].filter(([name]) => masks.has(name)));
    return rows.subarray(0, found);
  }

  _mask(name, key, make) {
    if (this._masks.get(name)?.key !== key) this._masks.set(name, { key, mask: make() });
    return this._masks.get(name).mask;
  }

  /** A column by its name. */
  column(name) {
    const found = this.byName.get(name);
    if (!found) throw new Error(`The table ${this.name} has no column “${name}”.`);
    return found;
  }

  /** Values of a column with the number of rows that all other filters let through: text -> count, "" for missing. */
  facet(name) {
    const column = this.column(name);
    const { texts, codes } = column.dictionary;
    const own = this._masks.get(name)?.mask;
    const counts = new Uint32Array(texts.length + 1);
    for (let row = 0; row < this.length; row += 1) if (this._failed[row] === (own ? own[row] : 0)) counts[codes[row] + 1] += 1;
    const found = new Map(column.hasMissing ? [["", counts[0]]] : []);
    texts.forEach((text, place) => {
      for (const part of column.type === "list" ? text.split("; ") : [text]) found.set(part, (found.get(part) ?? 0) + counts[place + 1]);
    });
    return found;
  }

  /** The same rows sorted by a column, missing values last; rows that are equal keep their order. */
  sort(rows, name, descending) {
    const { ranks } = this.column(name);
    const sign = descending ? -1 : 1;
    return rows.slice().sort((a, b) => {
      const [x, y] = [ranks[a], ranks[b]];
      if (x !== x || y !== y) return (x !== x) - (y !== y) || a - b;
      return sign * (x - y) || a - b;
    });
  }

  /** Key of a row as an address writes it. */
  keyOf(row) {
    return this.key.map((name) => this.column(name).values[row] ?? "").join("|");
  }

  /** Row of a key, or -1. */
  find(key) {
    for (let row = 0; row < this.length; row += 1) if (this.keyOf(row) === key) return row;
    return -1;
  }
}

/** Tables with more rows than this are read in two steps. */
const LONG = 5000;

/**
 * Read a table of the release.
 *
 * @param {string} name
 * @param {(schema: object) => Promise} beside what can be done with the schema in the meantime
 * @param {{columns: Set<string>, show: (table: Table) => Promise}} [first] columns of a long table to read and show first
 */
export async function load(name, beside = async () => {}, first = null) {
  const schema = json(`schemas/${name}.json`);
  const done = schema.then(beside);
  // Its failure is told where it is awaited.
  done.catch(() => {});
  const [{ primaryKey, fields }, buffer] = await Promise.all([schema, bytes(`parquet/${name}.parquet`)]);
  const metadata = parquetMetadata(buffer);
  const long = first && metadata.num_rows > LONG;
  const early = long ? new Set([...primaryKey, ...first.columns]) : null;
  const found = await values(buffer, early, metadata);
  await done;
  if (!long) return new Table(await schema, found);
  await first.show(new Table(await schema, found));
  const late = new Set(fields.map((field) => field.name).filter((column) => !early.has(column)));
  return new Table(await schema, new Map([...found, ...(await values(buffer, late, metadata))]));
}
