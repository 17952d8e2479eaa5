// Files of the release, beside the site.

const DOWNLOADS = new URL("../../../downloads/", import.meta.url);

/** Address of a file of the release. */
export const address = (path) => new URL(path, DOWNLOADS).href;

async function response(path) {
  const found = await fetch(address(path)).catch((error) => {
    throw new Error(`${path} could not be read: ${error.message}`);
  });
  if (!found.ok) {
    const error = new Error(`${path} could not be read: the server answered ${found.status} ${found.statusText}`);
    throw Object.assign(error, { status: found.status });
  }
  return found;
}

export const bytes = async (path) => (await response(path)).arrayBuffer();
export const json = async (path) => (await response(path)).json();
export const text = async (path) => (await response(path)).text();
