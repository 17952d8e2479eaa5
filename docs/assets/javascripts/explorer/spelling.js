// Values as the CSV files spell them (the rule is that of src/rare_earths/spelling.py; tests compare both).

/** A number as Python writes it: whole numbers without a fraction, exponents of two digits from below 0.0001. */
function number(value) {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const size = Math.abs(value);
  if (size >= 1e-4) return String(value);
  const [digits, exponent] = value.toExponential().split("e-");
  return `${digits}e-${exponent.padStart(2, "0")}`;
}

/** Text of a value: nothing for a missing one. */
export function cell(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? number(value) : String(value);
}

/** A field of a line of CSV; quoted where it must be. */
const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line of CSV. A single empty field is quoted, or the line would read as none. */
export function line(values) {
  const texts = values.map((value) => field(cell(value)));
  return `${texts.length === 1 && texts[0] === "" ? '""' : texts.join(",")}\n`;
}

/** CSV with a line of names. */
export const csv = (names, rows) => line(names) + rows.map(line).join("");
