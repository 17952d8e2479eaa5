// What a filter on a column says, and which rows it leaves out. The grammar of its terms stands in address.js.

const SEPARATOR = "; ";
const contains = (text, needle) => text.toLowerCase().includes(needle);

/** Terms of an address -> values, needles and bounds. */
export function parse(terms, type) {
  const found = { values: new Set(), needles: [], from: null, to: null };
  for (const term of terms) {
    const range = type === "number" || type === "period" ? /^(.*)\.\.(.*)$/.exec(term) : null;
    if (range) [found.from, found.to] = [range[1] || null, range[2] || null];
    else if (/^\*.+\*$/.test(term)) found.needles.push(term.slice(1, -1).toLowerCase());
    else found.values.add(term.startsWith("=") ? term.slice(1) : term);
  }
  return found;
}

/** Terms that a column of numbers cannot have. */
export function wrongTerms(terms, type) {
  if (type !== "number") return [];
  const isNumber = (text) => text === "" || Number.isFinite(Number(text));
  return terms.filter((term) => !term.split("..").every(isNumber));
}

/** Term for exactly this value. */
export const exactly = (value) => (/^=|^\*.+\*$/.test(value) ? `=${value}` : value);

/** A period lies in a range when its first month is not before and its last one not after it. */
function inPeriods(text, from, to) {
  const [first, last] = [text.slice(0, 7), text.split("/").at(-1)];
  return (from === null || first.slice(0, from.length) >= from) && (to === null || last.slice(0, to.length) <= to);
}

function keepsText(text, { values, needles, from, to }, type) {
  if (values.size && !(type === "list" ? text.split(SEPARATOR).some((part) => values.has(part)) : values.has(text))) return false;
  return needles.every((needle) => contains(text, needle)) && ((from === null && to === null) || inPeriods(text, from, to));
}

function failsNumber(column, { values, needles, from, to }, fails) {
  const [low, high] = [from === null ? -Infinity : Number(from), to === null ? Infinity : Number(to)];
  const wanted = new Set([...values].filter((value) => value !== "").map(Number));
  const ranged = from !== null || to !== null;
  const { numbers } = column;
  for (let row = 0; row < numbers.length; row += 1) {
    const value = numbers[row];
    const missing = value !== value;
    const inValues = !values.size || (missing ? values.has("") : wanted.has(value));
    const inRange = !ranged || (value >= low && value <= high);
    fails[row] = inValues && inRange && !needles.length ? 0 : 1;
  }
}

/** One byte per row: 1 where the filter leaves the row out. */
export function fails(column, filter) {
  const out = new Uint8Array(column.values.length);
  if (column.type === "number") {
    failsNumber(column, filter, out);
    return out;
  }
  const { texts, codes } = column.dictionary;
  const byText = Uint8Array.from(texts, (text) => (keepsText(text, filter, column.type) ? 0 : 1));
  const missing = filter.values.has("") && !filter.needles.length ? 0 : 1;
  for (let row = 0; row < codes.length; row += 1) out[row] = codes[row] < 0 ? missing : byText[codes[row]];
  return out;
}

/** One byte per row: 1 where no column's text holds every word. */
export function failsSearch(columns, words, rows) {
  const out = new Uint8Array(rows);
  for (const word of words) {
    const hit = new Uint8Array(rows);
    for (const { dictionary: { texts, codes } } of columns) {
      const byText = Uint8Array.from(texts, (text) => (contains(text, word) ? 1 : 0));
      if (!byText.includes(1)) continue;
      for (let row = 0; row < rows; row += 1) if (codes[row] >= 0) hit[row] |= byText[codes[row]];
    }
    for (let row = 0; row < rows; row += 1) if (!hit[row]) out[row] = 1;
  }
  return out;
}
