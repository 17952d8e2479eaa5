// What is shown now: the address, the table, the rows. Everything else is drawn from it.

import { read, write } from "./address.js";
import { columnsNeeded } from "./chart-plan.js";
import { sourceColumns } from "./citations.js";
import { wrongTerms } from "./filter.js";
import { columnsShown, ordered, pages } from "./grid.js";
import { learn } from "./labels.js";
import { load } from "./table.js";

const tables = new Map();

/** The state of the page; `changed` is called after every change of it, `previewed` when a chart can already be drawn. */
export class View {
  constructor(first, changed, previewed) {
    this.first = first;
    this.changed = changed;
    this.previewed = previewed;
    this.problems = [];
    this.turn = 0;
  }

  /** Show what the address says. */
  async restore() {
    this.state = read(location.search);
    this.typedInto = null;
    this.state.table ??= this.first;
    const turn = (this.turn += 1);
    const name = this.state.table;
    if (!tables.has(name)) tables.set(name, load(name, learn, this._early(turn)));
    const table = await tables.get(name).catch((error) => {
      tables.delete(name);
      throw error.status === 404 ? new Error(`There is no table “${name}” in this release. Choose one from the list.`) : error;
    });
    // A later address came in while this one was read.
    if (turn !== this.turn) return;
    this.table = table;
    this._check();
    this._apply();
  }

  /** What of a long table is read first: enough for the chart of this view. */
  _early(turn) {
    const { table, filters, settings } = this.state;
    const show = async (part) => {
      if (turn !== this.turn || settings.search || [...filters.keys()].some((name) => !part.byName.has(name))) return;
      await this.previewed({ table: part, matching: part.filter(filters), settings });
    };
    return { columns: new Set([...columnsNeeded(table, settings), ...filters.keys()]), show };
  }

  /** Take out of the address what this table does not have, and say so. */
  _check() {
    const { settings, filters } = this.state;
    this.problems = [];
    const known = (name) => {
      if (this.table.byName.has(name)) return true;
      this.problems.push(`The table ${this.table.name} has no column “${name}”; this part of the address was left out.`);
      return false;
    };
    for (const [name, terms] of [...filters]) {
      const wrong = known(name) ? wrongTerms(terms, this.table.column(name).type) : terms;
      if (!wrong.length) continue;
      if (wrong !== terms) this.problems.push(`${name} holds numbers; the filter “${wrong.join(", ")}” was left out.`);
      filters.delete(name);
    }
    if (settings.columns && settings.columns[0] !== "all") settings.columns = settings.columns.filter(known);
    if (!settings.columns?.length) delete settings.columns;
    if (settings.sort && !known(settings.sort.replace(/^-/, ""))) delete settings.sort;
    if (settings.row && this.table.find(settings.row) < 0) {
      this.problems.push(`The table ${this.table.name} has no row with the key “${settings.row}”.`);
      delete settings.row;
    }
  }

  _apply() {
    const { filters, settings } = this.state;
    this.matching = this.table.filter(filters, settings.search);
    const [, minus, column] = /^(-?)(.*)$/.exec(settings.sort ?? "");
    this.rows = column ? this.table.sort(this.matching, column, minus === "-") : this.matching;
    this.page = Math.min(Math.max(1, Math.trunc(Number(settings.page)) || 1), pages(this.rows.length));
    this.open = settings.row ? this.table.find(settings.row) : -1;
    this.changed(this);
  }

  get filters() {
    return [...this.state.filters];
  }

  get search() {
    return this.state.settings.search ?? "";
  }

  get sort() {
    return this.state.settings.sort ?? null;
  }

  get columns() {
    return this.state.settings.columns ?? null;
  }

  get settings() {
    return this.state.settings;
  }

  get citable() {
    return sourceColumns(this.table).length > 0;
  }

  terms(name) {
    return this.state.filters.get(name) ?? [];
  }

  /** Address of another table without filters. */
  static of(table) {
    return write({ table, filters: new Map(), settings: {} });
  }

  /** Set a filter; `typing` where the reader may still go on. */
  change = (name, terms, typing = false) => {
    if (terms.length) this.state.filters.set(name, terms);
    else this.state.filters.delete(name);
    this.set({ page: null }, typing ? name : null);
  };

  /** Remove every filter. */
  clear = () => {
    this.state.filters.clear();
    this.set({ search: null, page: null });
  };

  /** Change settings; the address follows, so that the back button undoes it: all that was typed into one field at once. */
  set = (settings, typedInto = null) => {
    Object.assign(this.state.settings, settings);
    if (typedInto && typedInto === this.typedInto) history.replaceState(null, "", write(this.state));
    else history.pushState(null, "", write(this.state));
    this.typedInto = typedInto;
    this._apply();
  };

  /** Show or hide a column. */
  toggle(name, on) {
    const now = columnsShown(this.table, this.columns).map((column) => column.name);
    const wanted = ordered(this.table).map((column) => column.name).filter((other) => (other === name ? on : now.includes(other)));
    this.set({ columns: wanted.length ? wanted : null });
  }
}
