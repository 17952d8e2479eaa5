// One column of a table: its meaning from the schema, its values in the form that a filter is fastest with.

const NUMBERS = new Set(["integer", "number", "year"]);
/** Columns of text with at most so many different values, none longer than that, are chosen from a list. */
const FEW = 100;
const SHORT = 60;
/** Different values per row, at most: a list of what hardly repeats helps nobody. */
const REPEATED = 0.6;

/** What a column is, from its schema alone: number, period, list or text. */
export function typeOf(field) {
  const pattern = field.constraints?.pattern ?? "";
  if (NUMBERS.has(field.type)) return "number";
  if (pattern.startsWith("^[0-9]{4}(-") || pattern.startsWith("^[0-9]{4}-")) return "period";
  if (/\(; /.test(pattern) && !pattern.includes("=")) return "list";
  return "text";
}

export class Column {
  /**
   * @param {object} field field of the Table Schema
   * @param {Array} values one value per row: text, number, boolean, or null
   * @param {string|null} refers table whose key the values are
   */
  constructor(field, values, refers = null) {
    // A ratio has the unit 1, which says nothing beside a figure.
    const unit = field.unit === "1" ? "" : (field.unit ?? "");
    Object.assign(this, { field, values, refers, name: field.name, unit, type: typeOf(field) });
  }

  /** Numbers, NaN for a missing one. */
  get numbers() {
    return (this._numbers ??= Float64Array.from(this.values, (value) => value ?? NaN));
  }

  /** Different texts in the order of their first row, and each row's place among them (-1: missing). */
  get dictionary() {
    if (this._dictionary) return this._dictionary;
    const places = new Map();
    const codes = new Int32Array(this.values.length);
    this.values.forEach((value, row) => {
      if (value === null || value === undefined) return void (codes[row] = -1);
      let place = places.get(value);
      if (place === undefined) places.set(value, (place = places.size));
      codes[row] = place;
    });
    return (this._dictionary = { texts: [...places.keys()].map(String), codes });
  }

  /** Keys to sort by: numbers themselves, or the rank of a text; missing ones are NaN. */
  get ranks() {
    if (this.type === "number") return this.numbers;
    if (this._ranks) return this._ranks;
    const { texts, codes } = this.dictionary;
    const rank = new Float64Array(texts.length);
    [...texts.keys()].sort((a, b) => (texts[a] < texts[b] ? -1 : 1)).forEach((place, at) => (rank[place] = at));
    return (this._ranks = Float64Array.from(codes, (code) => (code < 0 ? NaN : rank[code])));
  }

  get hasMissing() {
    return (this._hasMissing ??= this.values.some((value) => value === null || value === undefined));
  }

  get isEmpty() {
    return (this._isEmpty ??= this.values.every((value) => value === null || value === undefined));
  }

  /** How a reader filters it: range, choice or search. */
  get control() {
    if (this.type === "number" || this.type === "period") return "range";
    if (this.type === "list" || this.refers || this.field.constraints?.enum || this.field.type === "boolean") return "choice";
    const { texts } = this.dictionary;
    const few = texts.length <= FEW && texts.length <= REPEATED * this.values.length;
    return few && texts.every((text) => text.length <= SHORT) ? "choice" : "search";
  }
}
