// Mine production: columns by country with quotas hatched, and the world since 1900.
(function () {
  "use strict";
  const { style, format, mount, legend, checkbox, tip } = window.rareEarthsCharts;
  const HATCH = "quota-hatch";
  /** Countries that a tooltip names: a longer list would not fit beside its column on a phone, and the table has all. */
  const TOLD = 8;

  /** A pattern of thin stripes that leaves the colour below visible. */
  function hatch() {
    return d3
      .create("svg:defs")
      .call((defs) =>
        defs
          .append("pattern")
          .attr("id", HATCH)
          .attr("width", 6)
          .attr("height", 6)
          .attr("patternUnits", "userSpaceOnUse")
          .attr("patternTransform", "rotate(45)")
          .append("rect")
          .attr("width", 2.5)
          .attr("height", 6)
          .attr("fill", "var(--md-default-bg-color)")
      )
      .node();
  }

  /** Columns of a year from the bottom up: areas with a colour, then all others as one piece. */
  function stack(points, coloured) {
    const pieces = [];
    for (const [year, rows] of d3.group(points, (point) => point.year)) {
      let from = 0;
      const add = (area, quantity, measurement) => {
        if (quantity > 0) pieces.push({ year, area, y1: from, y2: (from += quantity), measurement });
      };
      for (const area of coloured) {
        const row = rows.find((point) => point.area === area);
        if (row) add(area, row.quantity_t_reo, row.measurement);
      }
      add("others", d3.sum(rows.filter((point) => !coloured.includes(point.area)), (point) => point.quantity_t_reo));
    }
    return pieces;
  }

  function described(year, rows, world) {
    const found = d3.sort(rows.filter((row) => row.quantity_t_reo > 0), (row) => -row.quantity_t_reo);
    const lines = found.slice(0, TOLD).map((row) => `${row.name} ${format.format(row.quantity_t_reo)}${row.measurement === "production_quota" ? " (quota)" : ""}`);
    const rest = found.slice(TOLD);
    if (rest.length) lines.push(`all others ${format.format(d3.sum(rest, (row) => row.quantity_t_reo))}`);
    const total = world ? `world as printed ${format.format(world.quantity_t_reo)}` : "no world total";
    return [`${year}, t REO`, total, ...lines].join("\n");
  }

  const thousands = (tonnes) => format.format(tonnes / 1000);

  function drawCountries(data, width, withoutChina) {
    const world = data.points.filter((point) => point.area === "WLD");
    const coloured = data.coloured.filter((area) => !(withoutChina && area === "CHN"));
    const points = data.points.filter((point) => point.area !== "WLD" && !(withoutChina && point.area === "CHN"));
    const pieces = stack(points, coloured);
    const years = d3.sort(new Set(data.points.map((point) => point.year)));
    const tops = years.map((year) => ({
      year,
      top: d3.max(pieces.filter((piece) => piece.year === year), (piece) => piece.y2) ?? 0,
      rows: points.filter((point) => point.year === year),
      world: world.find((point) => point.year === year),
    }));
    const every = width < 520 ? 6 : width < 800 ? 3 : 2;
    const chart = Plot.plot({
      width,
      height: Math.max(300, Math.min(440, width * 0.55)),
      style,
      ariaLabel: "Mine production by country and year, stacked columns",
      marginLeft: 40,
      marginTop: 32,
      x: { type: "band", domain: years, label: null, ticks: years.filter((year) => (years.at(-1) - year) % every === 0), tickFormat: String, tickSize: 3, padding: 0.15 },
      y: { label: "thousand t REO", labelArrow: "none", tickFormat: thousands, ticks: 5, tickSize: 0, grid: true, nice: 5 },
      marks: [
        hatch,
        Plot.barY(pieces, { x: "year", y1: "y1", y2: "y2", fill: (piece) => `var(--chart-${piece.area}, var(--chart-others))`, ariaDescription: "columns" }),
        Plot.barY(pieces.filter((piece) => piece.measurement === "production_quota"), {
          x: "year",
          y1: "y1",
          y2: "y2",
          fill: `url(#${HATCH})`,
          fillOpacity: 0.55,
          ariaDescription: "quotas",
        }),
        withoutChina ? null : Plot.tickY(world, { x: "year", y: "quantity_t_reo", stroke: "currentColor", strokeWidth: 2, ariaDescription: "world totals" }),
        Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
        Plot.tip(tops, Plot.pointerX({ x: "year", y: "top", title: (top) => described(top.year, top.rows, top.world), ...tip(width, 30) })),
      ],
    });
    const names = new Map(data.points.map((point) => [point.area, point.name]));
    const entries = coloured.map((area) => [area, names.get(area)]).concat([["others", "all others"]]);
    if (!withoutChina) entries.push(["quota", "a quota, not a measurement"], ["world", "world total as printed"]);
    return [legend(entries), chart];
  }

  function drawLongRun(data, width) {
    const years = d3.range(d3.min(data.points, (point) => point.year), d3.max(data.points, (point) => point.year) + 1);
    const keyed = new Map(data.points.map((point) => [`${point.area} ${point.year}`, point]));
    // A year without a figure breaks the line instead of being bridged.
    const series = (area) => years.map((year) => ({ year, point: keyed.get(`${area} ${year}`) }));
    const quantity = (row) => row.point?.quantity_t_reo ?? NaN;
    const line = (area, stroke) => [
      Plot.line(series(area), { x: "year", y: quantity, stroke, strokeWidth: 2, ariaDescription: `line of ${area}` }),
      Plot.dot(series(area).filter((row) => row.point), { x: "year", y: quantity, r: 1.6, fill: stroke, ariaDescription: `figures of ${area}` }),
    ];
    const said = (row) => (row.point ? `${format.format(row.point.quantity_t_reo)} t` : "no figure");
    const usa = new Map(series("USA").map((row) => [row.year, row]));
    return [
      legend([["WLD", "World, as printed"], ["USA", "United States"]]),
      Plot.plot({
        width,
        height: Math.max(260, Math.min(380, width * 0.5)),
        style,
        ariaLabel: "Mine production of the world and of the United States since 1900, lines",
        marginLeft: 40,
        marginTop: 32,
        x: { label: null, tickFormat: "d", ticks: width < 520 ? 5 : 10, tickSize: 3 },
        y: { label: "thousand t REO", labelArrow: "none", tickFormat: thousands, ticks: 5, tickSize: 0, grid: true, nice: 5 },
        marks: [
          Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
          ...line("WLD", "var(--chart-WLD)"),
          ...line("USA", "var(--chart-USA)"),
          Plot.tip(series("WLD"), Plot.pointerX({
            x: "year",
            y: (row) => row.point?.quantity_t_reo ?? 0,
            title: (row) => `${row.year}\nworld ${said(row)}\nUnited States ${said(usa.get(row.year))}`,
            ...tip(width),
          })),
        ],
      }),
    ];
  }

  let withoutChina = false;
  const countries = mount("production-by-country", (data, width) => drawCountries(data, width, withoutChina));
  checkbox(countries.figure, "without China", (checked) => {
    withoutChina = checked;
    countries.redraw();
  });
  mount("production-since-1900", drawLongRun);
})();
