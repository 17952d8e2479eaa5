// Quotas of China: columns of mine production as printed, points of quotas, ranges where sources disagree.
(function () {
  "use strict";
  const { style, format, mount, legend, tip } = window.rareEarthsCharts;
  const HATCH = "printed-quota-hatch";
  const PRINTED_QUOTA = "production_quota";

  const filled = (point) => point.grade === "A" || point.grade === "B";
  const colour = (kind) => `var(--chart-${kind})`;
  const thousands = (tonnes) => format.format(tonnes / 1000);

  /** A pattern of thin stripes that leaves the colour below visible. */
  function hatch() {
    const defs = d3.create("svg:defs");
    const pattern = defs.append("pattern").attr("id", HATCH).attr("width", 6).attr("height", 6);
    pattern.attr("patternUnits", "userSpaceOnUse").attr("patternTransform", "rotate(45)");
    pattern.append("rect").attr("width", 2.5).attr("height", 6).attr("fill", "var(--md-default-bg-color)");
    return defs.node();
  }

  function described(points, kinds) {
    const line = (point) => {
      const range = point.lowest_t !== null && point.lowest_t !== point.highest_t ? `, ${format.format(point.lowest_t)} to ${format.format(point.highest_t)}` : "";
      const mark = point.measurement === PRINTED_QUOTA ? ", a quota" : "";
      return `${kinds[point.kind]} ${format.format(point.quantity)} t${range}${mark}, grade ${point.grade}`;
    };
    return [points[0].year, ...points.map(line)].join("\n");
  }

  function draw(data, width) {
    const columns = data.points.filter((point) => point.kind === "production");
    const quotas = data.points.filter((point) => point.kind !== "production");
    const years = d3.range(d3.min(data.points, (point) => point.year), d3.max(data.points, (point) => point.year) + 1);
    const tips = d3.rollups(data.points, (points) => points, (point) => point.year).map(([year, points]) => ({ year, points, top: d3.max(points, (point) => point.quantity) }));
    const kinds = Object.keys(data.kinds).filter((kind) => kind !== "production");
    const every = width < 520 ? 3 : 1;
    // A year without a quota breaks the line instead of being bridged.
    const series = kinds.map((kind) => years.map((year) => quotas.find((point) => point.kind === kind && point.year === year) ?? { year, kind, quantity: NaN }));
    const entries = kinds.map((kind) => [kind, data.kinds[kind]]);
    if (columns.length) entries.push(["printed", data.kinds.production], ["printed-quota", "the source calls it a quota"]);
    entries.push(["hollow-mark", "hollow: read in press or trade pages (grade C, D)"], ["filled-mark", "filled: read in the document or a copy (A, B)"]);
    const chart = Plot.plot({
      width,
      height: Math.max(260, Math.min(400, width * 0.5)),
      style,
      ariaLabel: columns.length ? "Quotas of China and its mine production by year" : "Export quotas of China by year",
      marginLeft: 40,
      marginTop: 32,
      x: { type: "band", domain: years, label: null, ticks: years.filter((year) => (years.at(-1) - year) % every === 0), tickFormat: width < 800 && every === 1 ? (year) => `’${String(year).slice(2)}` : String, tickSize: 3, padding: 0.2 },
      y: { label: columns.length ? "thousand t REO" : "thousand t", labelArrow: "none", tickFormat: thousands, ticks: 5, tickSize: 0, grid: true, zero: true, nice: 5 },
      marks: [
        hatch,
        Plot.barY(columns, { x: "year", y: "quantity", fill: "var(--chart-printed)", ariaDescription: "production" }),
        Plot.barY(columns.filter((point) => point.measurement === PRINTED_QUOTA), { x: "year", y: "quantity", fill: `url(#${HATCH})`, fillOpacity: 0.55, ariaDescription: "printed quotas" }),
        Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
        series.map((points) => Plot.line(points, { x: "year", y: "quantity", stroke: colour(points[0].kind), strokeWidth: 1.5, ariaDescription: `line of ${points[0].kind}` })),
        Plot.ruleX(quotas.filter((point) => point.lowest_t !== point.highest_t), { x: "year", y1: "lowest_t", y2: "highest_t", stroke: "currentColor", strokeWidth: 4, ariaDescription: "ranges" }),
        Plot.dot(quotas, {
          x: "year",
          y: "quantity",
          r: 4,
          strokeWidth: 1.8,
          stroke: (point) => colour(point.kind),
          fill: (point) => (filled(point) ? colour(point.kind) : "var(--md-default-bg-color)"),
          ariaDescription: "quotas",
        }),
        Plot.tip(tips, Plot.pointerX({ x: "year", y: "top", title: ({ points }) => described(points, data.kinds), ...tip(width, 32) })),
      ],
    });
    return [legend(entries), chart];
  }

  mount("quotas-of-china", draw);
  mount("export-quotas-of-china", draw);
})();
