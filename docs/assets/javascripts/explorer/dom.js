// Elements and notices.

/** An element: attributes by name, listeners under `on…`, properties under `.…`; null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith(".")) element[name.slice(1)] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Parts of a description: what stands between backticks is code. */
export const marked = (text) => text.split("`").map((part, at) => (at % 2 ? h("code", {}, part) : part));

/** Run `action` once things have been quiet for a moment. */
export function debounced(action, milliseconds = 150) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
}

const integers = new Intl.NumberFormat("en-US");

/** A count with thousands separators. */
export const count = (number) => integers.format(number);

/** A count with its noun. */
export const counted = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** Wait until what is in the page has been painted; a page that nobody sees is not painted. */
export const painted = () => new Promise((done) => (document.hidden ? done() : requestAnimationFrame(() => setTimeout(done))));
