// Trade: exports of magnets by exporter, and the yearly headlines of China's customs.
(function () {
  "use strict";
  const { style, format, mount, legend, tip } = window.rareEarthsCharts;
  const MAIN_FLOWS = "main_partners";
  const colour = (area) => `var(--chart-${area}, var(--chart-others))`;
  const millions = (usd) => format.format(Math.round(usd / 1e6));

  /** Parts of each year from the bottom up, in the order in which they come. */
  function stack(pieces) {
    return [...d3.group(pieces, (piece) => piece.year).values()].flatMap((rows) => {
      let from = 0;
      return rows.map((row) => ({ ...row, y1: from, y2: (from += row.value_usd) }));
    });
  }

  function describedYear(year, rows) {
    const whole = rows[0].scope !== MAIN_FLOWS;
    const lines = rows.map((row) => `${row.name} ${millions(row.value_usd)}`);
    const total = millions(d3.sum(rows, (row) => row.value_usd));
    return [`${year}: ${total} million USD, ${whole ? "every flow" : "main flows only"}`, ...lines].join("\n");
  }

  function drawExports(data, width) {
    const pieces = stack(data.pieces);
    const years = d3.sort(new Set(pieces.map((piece) => piece.year)));
    const tops = years.map((year) => {
      const rows = pieces.filter((piece) => piece.year === year);
      return { year, rows, top: d3.max(rows, (row) => row.y2) };
    });
    const every = width < 520 ? 4 : 2;
    const columns = (rows, fillOpacity, ariaDescription) =>
      Plot.barY(rows, { x: "year", y1: "y1", y2: "y2", fill: (piece) => colour(piece.area), fillOpacity, ariaDescription });
    const names = new Map(d3.sort(pieces, (piece) => piece.area === "others").map((piece) => [piece.area, piece.name]));
    const order = pieces.filter((piece) => piece.year === years.at(-1)).map((piece) => piece.area);
    return [
      legend([...order.map((area) => [area, names.get(area)]), ["solid", "solid: every flow"], ["pale", "pale: main flows only"]]),
      Plot.plot({
        width,
        height: Math.max(300, Math.min(440, width * 0.55)),
        style,
        ariaLabel: "Exports of permanent magnets of metal by exporter and year, stacked columns",
        marginLeft: 48,
        marginTop: 32,
        x: { type: "band", domain: years, label: null, ticks: years.filter((year) => (years.at(-1) - year) % every === 0), tickFormat: String, tickSize: 3, padding: 0.15 },
        y: { nice: true, label: "million USD, FOB", labelArrow: "none", tickFormat: millions, ticks: 6, tickSize: 0, grid: true },
        marks: [
          columns(pieces.filter((piece) => piece.scope === MAIN_FLOWS), 0.5, "main flows"),
          columns(pieces.filter((piece) => piece.scope !== MAIN_FLOWS), 1, "complete years"),
          Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
          Plot.tip(tops, Plot.pointerX({ x: "year", y: "top", title: (top) => describedYear(top.year, top.rows), ...tip(width, 30) })),
        ],
      }),
    ];
  }

  function describedHeadline(point) {
    const figure = `${point.quantity_qualifier === "rounded" ? "about " : ""}${format.format(point.quantity_t)} t`;
    return `${point.year}, ${point.flow}s: ${figure}\nquoted by ${point.quoted_by}\ngrade ${point.grade}`;
  }

  const thousands = (tonnes, narrow) => (tonnes / 1000).toFixed(tonnes < 1e5 && !narrow ? 1 : 0);

  function drawHeadlines(data, width) {
    // Both flows of a year stand beside each other, not one upon the other.
    const both = new Set(data.points.filter((point) => data.points.some((other) => other.year === point.year && other.flow !== point.flow)).map((point) => point.year));
    const narrow = width < 520;
    const flows = [["export", "circle", -0.12], ["import", "diamond", 0.12]];
    const marks = flows.flatMap(([flow, symbol, shift]) => {
      const points = data.points.filter((point) => point.flow === flow);
      const x = (point) => point.year + (both.has(point.year) ? shift : 0);
      const stroke = `var(--chart-${flow})`;
      const dots = (rows, options) =>
        Plot.dot(rows, { x, y: "quantity_t", symbol, r: 5, stroke, strokeWidth: 2, fill: "var(--md-default-bg-color)", ...options });
      return [
        Plot.ruleX(points, { x, y1: 0, y2: "quantity_t", stroke, strokeOpacity: 0.35, strokeWidth: 2 }),
        dots(points.filter((point) => point.quantity_qualifier !== "rounded"), { ariaDescription: `${flow}s` }),
        dots(points.filter((point) => point.quantity_qualifier === "rounded"), { strokeDasharray: "2 2", ariaDescription: `rounded ${flow}s` }),
        Plot.text(points, {
          x: narrow ? "year" : x,
          y: "quantity_t",
          text: (point) => thousands(point.quantity_t, narrow),
          dy: -14,
          fontWeight: 600,
          fill: "currentColor",
          stroke: "var(--md-default-bg-color)",
          strokeWidth: 3,
          ariaDescription: "labels",
        }),
      ];
    });
    const [first, last] = d3.extent(data.points, (point) => point.year);
    return [
      legend([["export", "Exports: 2846 + 280530"], ["import", "Imports: 25309020 + 2846 + 280530"], ["rounded", "rounded in the page that quotes it"]]),
      Plot.plot({
        width,
        height: Math.max(260, Math.min(360, width * 0.45)),
        style,
        ariaLabel: "Yearly exports and imports of rare earths of China as quoted, dots",
        marginLeft: 40,
        marginTop: 30,
        x: { domain: [first - 0.6, last + 0.6], label: null, tickFormat: "d", ticks: d3.range(first, last + 1, narrow ? 3 : 1), tickSize: 3 },
        y: { domain: [0, 1.08 * d3.max(data.points, (point) => point.quantity_t)], label: "thousand t of goods", labelArrow: "none", tickFormat: (tonnes) => format.format(tonnes / 1000), ticks: 5, tickSize: 0, grid: true },
        marks: [
          Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
          ...marks,
          Plot.tip(data.points, Plot.pointer({ x: "year", y: "quantity_t", title: describedHeadline, ...tip(width) })),
        ],
      }),
    ];
  }

  mount("exports-850511", drawExports);
  mount("headlines-by-year", drawHeadlines);
})();
