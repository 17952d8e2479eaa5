// Mirror gaps: for each pair and period the weights that both sides report, joined by a line.
(function () {
  "use strict";
  const { style, format, mount, legend, tip } = window.rareEarthsCharts;

  function draw(data, width) {
    const points = data.points.map((point) => ({ ...point, tonnes: point.net_weight_kg / 1000 }));
    const pairs = d3.groups(points, (point) => `${point.pair} ${point.period}`).map(([, rows]) => ({
      period: rows[0].period,
      pair: rows[0].pair,
      low: d3.min(rows, (row) => row.tonnes),
      high: d3.max(rows, (row) => row.tonnes),
      rows,
    }));
    const colour = (point) => `var(--chart-${point.side === "exporter" ? "export" : "import"})`;
    const said = ({ pair, period, rows }) => [`${pair}, ${period}`, ...rows.map((row) => `${row.side}: ${format.format(Math.round(row.tonnes))} t, grade ${row.grade}`), `importer over exporter: ${rows[0].ratio}`].join("\n");
    const hollow = (point) => point.grade === "C" || point.grade === "D";
    return [
      legend([["filled-export", "as the exporter reports"], ["filled-import", "as the importer reports"], ["hollow-mark", "hollow: grade C or D"]]),
      Plot.plot({
        width,
        height: 90 + 44 * pairs.length,
        style,
        ariaLabel: "Weights that exporter and importer report of the same goods, two dots a period",
        marginLeft: 48,
        marginRight: 44,
        marginTop: 44,
        x: { label: "thousand t of goods", labelArrow: "none", labelOffset: 38, tickFormat: (tonnes) => format.format(tonnes / 1000), ticks: width < 520 ? 4 : 8, grid: true, zero: true, nice: true, axis: "top", tickSize: 0 },
        y: { type: "band", domain: d3.sort(new Set(points.map((point) => point.period))), label: null, tickSize: 0 },
        marks: [
          Plot.link(pairs, { x1: "low", x2: "high", y1: "period", y2: "period", stroke: "currentColor", strokeOpacity: 0.35, strokeWidth: 3, ariaDescription: "gaps" }),
          Plot.dot(points, { x: "tonnes", y: "period", r: 6.5, stroke: colour, strokeWidth: 2.5, fill: (point) => (hollow(point) ? "var(--md-default-bg-color)" : colour(point)), ariaDescription: "weights" }),
          Plot.text(pairs, { x: "high", y: "period", text: (pair) => `×${pair.rows[0].ratio}`, dx: 12, textAnchor: "start", fontWeight: 600, fill: "currentColor", ariaDescription: "ratios" }),
          Plot.tip(pairs, Plot.pointerY({ x: "high", y: "period", title: said, ...tip(width) })),
        ],
      }),
    ];
  }

  mount("mirror-gaps", draw);
})();
