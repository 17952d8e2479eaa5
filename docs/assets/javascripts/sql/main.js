// The SQL console: the database comes when it is asked for, queries run in a worker, the address holds the query.

import { count, counted, h } from "../explorer/dom.js";
import { copy, save } from "../explorer/hand-over.js";
import { csv } from "../explorer/spelling.js";
import { Cancelled, Database } from "./database.js";
import { resultTable } from "./result.js";
import { schemaBrowser } from "./schema-browser.js";

/** Rows shown at most; more would only slow the page. */
const LIMIT = 1000;
const root = document.querySelector(".sql");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const editor = part("query");
let database;
let opening;
let result;
let saidAt;

const tell = (words) => (part("status").textContent = words);

function say(words) {
  part("said").textContent = words;
  clearTimeout(saidAt);
  saidAt = setTimeout(() => (part("said").textContent = ""), 8000);
}

function running(on) {
  root.setAttribute("aria-busy", String(on));
  part("run").disabled = on;
  part("cancel").hidden = !on;
}

function insert(text) {
  editor.setRangeText(text, editor.selectionStart, editor.selectionEnd, "end");
  editor.focus();
}

/** Read the database; a second call waits for the first. */
function load() {
  opening ??= (async () => {
    database = new Database(root.dataset.file);
    await database.load((read, whole) => tell(`Reading the database: ${(read / 2 ** 20).toFixed(1)}${whole >= read ? ` of ${(whole / 2 ** 20).toFixed(1)}` : ""} MiB …`));
    part("load").hidden = true;
    part("schema").replaceChildren(...schemaBrowser(database.schema, insert));
    part("schema-hint").hidden = true;
    tell("The database is ready.");
  })().catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

function problem(error) {
  part("problem").replaceChildren(error ? h("p", {}, h("b", {}, "The query failed: "), String(error.message)) : "");
}

function shown(found, sql) {
  result = { ...found, sql };
  const { columns, rows, more, milliseconds } = found;
  const rest = more ? `The first ${count(LIMIT)} rows are shown; there are more. The download holds all of them.` : "";
  tell(columns.length ? `${more ? `More than ${count(LIMIT)}` : counted(rows.length, "row").replace(/ rows?$/, "")} ${rows.length === 1 ? "row" : "rows"} in ${milliseconds.toFixed(0)} ms.` : "Done; the statement gives no rows.");
  part("more").textContent = rest;
  part("more").hidden = !rest;
  part("result").replaceChildren(...(columns.length ? [resultTable(found)] : []));
  part("csv").disabled = !columns.length;
  root.dataset.rows = rows.length;
}

async function run({ push = true } = {}) {
  const sql = editor.value.trim();
  if (!sql) return void problem(new Error("there is no query. Write one, or press an example."));
  if (push && new URLSearchParams(location.search).get("sql") !== sql) history.pushState(null, "", `?${new URLSearchParams({ sql })}`);
  problem(null);
  running(true);
  try {
    await load();
    tell("Running …");
    shown(await database.run(sql, LIMIT), sql);
  } catch (error) {
    result = null;
    part("result").replaceChildren();
    part("more").hidden = true;
    part("csv").disabled = true;
    delete root.dataset.rows;
    if (error instanceof Cancelled) tell("The query was cancelled.");
    else {
      tell("");
      problem(error);
    }
  }
  running(false);
}

/** Make buttons of the examples that the page lists. */
function examples() {
  const list = document.querySelector(".sql-examples");
  const found = [...list.querySelectorAll("h3")].map((heading) => {
    let next = heading.nextElementSibling;
    while (!next.querySelector("code")) next = next.nextElementSibling;
    const [question, sql] = [heading.firstChild.textContent.trim(), next.querySelector("code").textContent.trim()];
    const press = () => {
      editor.value = sql;
      run();
    };
    return h("li", {}, h("button", { type: "button", class: "explorer-chip", onclick: press }, question));
  });
  part("examples").replaceChildren(...found);
  list.remove();
}

function restore() {
  const sql = new URLSearchParams(location.search).get("sql");
  editor.value = sql ?? "";
  if (sql && database?.schema) run({ push: false });
  else if (sql) tell("This link holds a query. Press Run to load the database and see its rows.");
}

function start() {
  part("app").hidden = false;
  examples();
  part("load").addEventListener("click", async () => {
    running(true);
    problem(null);
    await load().catch(problem);
    running(false);
  });
  part("run").addEventListener("click", () => run());
  part("cancel").addEventListener("click", () => (database?.schema ? database.cancel() : location.reload()));
  part("csv").addEventListener("click", async () => {
    // What the page left out belongs into the file.
    const { columns, rows } = result.more ? await database.run(result.sql, Infinity) : result;
    save(csv(columns, rows), root.dataset.file.replace(/sqlite$/, "query.csv"), "text/csv;charset=utf-8");
    say(`${counted(rows.length, "row")} saved as CSV.`);
  });
  part("link").addEventListener("click", () => {
    const sql = editor.value.trim();
    copy(`${location.origin}${location.pathname}?${new URLSearchParams({ sql })}`, "Link of this query", say);
  });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  addEventListener("popstate", restore);
  restore();
}

start();
