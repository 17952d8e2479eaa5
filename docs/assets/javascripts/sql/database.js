// The release's SQLite file in a worker: opened once, queried, cancelled.

import { address } from "../explorer/files.js";

/** Read a file, telling how much of it has come. */
async function download(path, progress) {
  const response = await fetch(address(path));
  if (!response.ok) throw new Error(`${path} could not be read: the server answered ${response.status} ${response.statusText}`);
  const whole = Number(response.headers.get("content-length")) || 0;
  const parts = [];
  let read = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    parts.push(value);
    progress((read += value.length), whole);
  }
}

/** A query was cancelled by the reader. */
export class Cancelled extends Error {}

export class Database {
  constructor(path) {
    this.path = path;
  }

  /** Read the file and open it. */
  async load(progress) {
    this.file = await download(this.path, progress);
    await this._open();
  }

  async _open() {
    this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.waiting = new Map();
    this.worker.onmessage = ({ data: { id, answer, problem } }) => {
      const { resolve, reject } = this.waiting.get(id);
      this.waiting.delete(id);
      if (problem === undefined) resolve(answer);
      else reject(new Error(problem));
    };
    this.worker.onerror = (event) => this._end(new Error(event.message || "The database could not be started."));
    const bytes = await this.file.arrayBuffer();
    this.schema = (await this._ask({ task: "open", bytes }, [bytes])).schema;
  }

  _ask(message, transfer = []) {
    const id = (this.last = (this.last ?? 0) + 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...message }, transfer);
    });
  }

  _end(error) {
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  /** Rows of a query: at most `limit` of them. */
  async run(sql, limit) {
    await this.ready;
    return this._ask({ task: "run", sql, limit });
  }

  /** End the query that runs, and open the database anew for the next one. */
  cancel() {
    this._end(new Cancelled());
    this.ready = this._open();
  }
}
