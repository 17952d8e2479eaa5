// The address of a view. `scripts/site/explorer.py` writes the same grammar.
//
//   ?table=TABLE            the table; must come first
//   &COLUMN=TERM            a filter; several terms of one column are alternatives
//       VALUE               exactly this value, spelt as in the CSV; a member, where the column holds a list ("Nd; Pr")
//       (nothing)           the value is missing
//       FROM..TO            numbers and periods from FROM to TO, both included; either may be left out
//       *TEXT*              the text holds TEXT, in capitals or not
//       =VALUE              exactly VALUE, where VALUE looks like one of the terms above
//   &.SETTING=VALUE         everything that is no filter begins with a dot:
//       .search  words that the row holds       .sort    COLUMN, or -COLUMN to begin with the greatest
//       .columns columns shown, or `all`        .page    page of rows, from 1
//       .row     key of the row whose source is open, its parts joined by `|`
//       .chart   `off`                          .x .y .colour .how .scale  what the chart shows
//
// A column named `table` is no exception: only the first parameter of that name is the table.

const LISTS = new Set(["columns"]);

/** @returns {{table: string|null, filters: Map<string, string[]>, settings: object}} */
export function read(query) {
  const state = { table: null, filters: new Map(), settings: {} };
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === "table" && state.table === null) state.table = value;
    else if (name.startsWith(".")) state.settings[name.slice(1)] = LISTS.has(name.slice(1)) ? value.split(",") : value;
    else state.filters.set(name, [...(state.filters.get(name) ?? []), value]);
  }
  return state;
}

/** The query of a view; reading it gives the same view again. */
export function write({ table, filters, settings }) {
  const query = new URLSearchParams({ table });
  for (const [name, terms] of filters) for (const term of terms) query.append(name, term);
  for (const [name, value] of Object.entries(settings)) {
    if (value !== null && value !== undefined && value !== "") query.append(`.${name}`, String(value));
  }
  // Commas, stars and bars mean nothing in a query and read better bare.
  return `?${query}`.replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%7C", "|");
}
