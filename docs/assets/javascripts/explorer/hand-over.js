// Give text to the reader: as a file, or on the clipboard.

import { h } from "./dom.js";

/** Offer text as a file. */
export function save(text, name, type) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Copy text; where the browser forbids it, show it to be copied by hand. */
export async function copy(text, what, say) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied.`);
  } catch {
    const area = h("textarea", { readonly: true, rows: 12, "aria-label": what, ".value": text });
    const close = h("button", { class: "md-button", type: "button", onclick: () => dialog.close() }, "Close");
    const dialog = h("dialog", { class: "explorer-dialog", onclose: () => dialog.remove() }, h("p", {}, "This browser does not let a page copy. Copy it from here:"), area, close);
    document.querySelector(".explorer, .sql").append(dialog);
    dialog.showModal();
    area.select();
  }
}
