// The United States since 1900: quantities on a linear or logarithmic scale, unit values on a logarithmic one.
(function () {
  "use strict";
  const { style, format, mount, legend, checkbox, tip } = window.rareEarthsCharts;
  const SLUGS = { Production: "production", Imports: "imports", Exports: "exports", "Apparent consumption": "consumption", "Unit value ($/t)": "nominal", "Unit value (98$/t)": "real" };

  /** Powers of ten that span positive values. */
  function powers(values) {
    const [low, high] = d3.extent(values.filter((value) => value > 0), Math.log10);
    return d3.range(Math.floor(low), Math.ceil(high) + 1).map((power) => 10 ** power);
  }

  function draw(data, width, { log, label, scaled }) {
    if (width === 0) return [];
    // A logarithmic scale has no place for zero.
    const value = (point) => (point.value === null || (log && point.value <= 0) ? NaN : point.value);
    const names = Object.keys(data.series);
    const colour = (name) => `var(--chart-us-${SLUGS[name]})`;
    const years = d3.rollups(data.points, (points) => points, (point) => point.year).map(([year, points]) => ({ year, points, top: d3.max(points, value) ?? NaN }));
    const said = (point) => (point.value === null ? point.value_qualifier.replace("_", " ") : format.format(point.value));
    return [
      legend(names.map((name) => [`us-${SLUGS[name]}`, data.series[name]])),
      Plot.plot({
        width,
        height: Math.max(260, Math.min(380, width * 0.5)),
        style,
        ariaLabel: `${label} in the United States since 1900, lines`,
        marginLeft: 68,
        marginTop: 32,
        x: { label: null, domain: [1900, d3.max(data.points, (point) => point.year)], tickFormat: "d", ticks: width < 520 ? 5 : 10, tickSize: 3 },
        y: { type: log ? "log" : "linear", label, labelArrow: "none", tickFormat: scaled ? (tonnes) => format.format(tonnes / 1000) : (dollars) => format.format(dollars), ticks: log ? powers(data.points.map(value)) : 5, tickSize: 0, grid: true, nice: true },
        marks: [
          names.map((name) => {
            const points = data.points.filter((point) => point.series === name);
            return [
              Plot.line(points, { x: "year", y: value, stroke: colour(name), strokeWidth: 1.8, ariaDescription: `line of ${name}` }),
              Plot.dot(points.filter((point) => !Number.isNaN(value(point))), { x: "year", y: value, r: 1.6, fill: colour(name), ariaDescription: `figures of ${name}` }),
            ];
          }),
          Plot.tip(years.filter(({ top }) => !Number.isNaN(top)), Plot.pointerX({
            x: "year",
            y: "top",
            title: ({ year, points }) => [year, ...points.map((point) => `${data.series[point.series]} ${said(point)}`)].join("\n"),
            ...tip(width),
          })),
        ],
      }),
    ];
  }

  let log = false;
  const quantities = mount("us-quantities-since-1900", (data, width) => draw(data, width, { log, label: log ? "t REO" : "thousand t REO", scaled: !log }));
  checkbox(quantities.figure, "logarithmic scale", (checked) => {
    log = checked;
    quantities.redraw();
  });
  mount("us-unit-value-since-1900", (data, width) => draw(data, width, { log: true, label: "USD per t REO", scaled: false }));
})();
