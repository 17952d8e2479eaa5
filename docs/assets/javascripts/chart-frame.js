// What all charts have in common: find the figure and its data, draw, and draw again when the width changes.
// Colours are CSS variables (site.css), so that a change of palette needs no drawing.
(function () {
  "use strict";

  const style = { fontFamily: "inherit", fontSize: "12px", overflow: "visible" };
  /** Looks of a tooltip: lines of at most so many ems, and no wider than the half of the drawing that it opens into. */
  const tip = (width, most = 20) => ({ fontSize: 12, lineHeight: 1.3, lineWidth: Math.max(10, Math.min(most, width / 24 - 3)) });
  const format = new Intl.NumberFormat("en-US");

  /** Figures in millions of tonnes, without digits that are not there. */
  const millions = (tonnes) => String(+(tonnes / 1e6).toFixed(3));

  /** Draw into a figure now and whenever its width changes; `draw(data, width)` returns elements. */
  function mount(id, draw) {
    const figure = document.getElementById(`chart-${id}`);
    const frame = figure.querySelector(".chart-frame");
    const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    let width = 0;
    const redraw = () => {
      frame.replaceChildren(...draw(data, width));
      // Plot names its groups; a name counts only on an element with a role.
      for (const group of frame.querySelectorAll("g[aria-label]:not([role])")) group.setAttribute("role", "group");
    };
    new ResizeObserver(() => {
      const found = Math.floor(frame.clientWidth);
      if (found === width || found === 0) return;
      width = found;
      redraw();
    }).observe(frame);
    return { figure, redraw };
  }

  /** A legend of swatches, as a list. */
  function legend(entries) {
    const list = document.createElement("ul");
    list.className = "chart-legend";
    for (const [name, label] of entries) {
      const item = list.appendChild(document.createElement("li"));
      const swatch = item.appendChild(document.createElement("span"));
      swatch.className = `swatch swatch-${name}`;
      item.append(label);
    }
    return list;
  }

  /** A checkbox above a figure that calls back when it changes. */
  function checkbox(figure, text, onChange) {
    const label = document.createElement("label");
    const input = label.appendChild(document.createElement("input"));
    input.type = "checkbox";
    label.append(` ${text}`);
    input.addEventListener("change", () => onChange(input.checked));
    figure.querySelector(".chart-controls").append(label);
  }

  /** Sources of a chart by key, named as in the list of documents below it. */
  function names(figure) {
    const links = figure.querySelectorAll(".documents a");
    return new Map([...links].map((link) => [link.getAttribute("href").split("/").at(-2), link.textContent]));
  }

  window.rareEarthsCharts = { style, format, millions, mount, legend, checkbox, names, tip };
})();
