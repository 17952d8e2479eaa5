// The database, away from the page: a long query never freezes it, and ending this worker cancels one.

import initSqlJs from "../../vendor/sql.min.js";

const wasm = new URL("../../vendor/sql-wasm-browser.wasm", import.meta.url).href;
const SCHEMA = 'SELECT c."table", t.title, t.rows, c."column", c.type, c.unit, c.description FROM _columns c JOIN _tables t ON t."table" = c."table" ORDER BY 1, c.position';
let database;

async function open({ bytes }) {
  const { Database } = await initSqlJs({ locateFile: () => wasm });
  database = new Database(new Uint8Array(bytes));
  return { schema: database.exec(SCHEMA)[0].values };
}

/** Run every statement; the rows are those of the last one that has columns, cut after `limit`. */
function run({ sql, limit }) {
  const started = performance.now();
  let found = null;
  for (const statement of database.iterateStatements(sql)) {
    const columns = statement.getColumnNames();
    const rows = [];
    while (rows.length <= limit && statement.step()) rows.push(statement.get());
    if (columns.length) found = { columns, rows: rows.slice(0, limit), more: rows.length > limit };
  }
  return { ...(found ?? { columns: [], rows: [], more: false }), milliseconds: performance.now() - started };
}

const tasks = { open, run };

onmessage = async ({ data: { id, task, ...content } }) => {
  try {
    postMessage({ id, answer: await tasks[task](content) });
  } catch (error) {
    postMessage({ id, problem: String(error.message ?? error) });
  }
};
