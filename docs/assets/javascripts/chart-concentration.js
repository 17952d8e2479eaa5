// Concentration: the index of each topic by year; a line never crosses a year without a figure.
(function () {
  "use strict";
  const { style, format, mount, legend, tip } = window.rareEarthsCharts;

  /** Rows of consecutive years share a part; every gap begins a new one. */
  function parts(points) {
    let part = 0;
    return points.map((point, place) => {
      if (place && point.year - points[place - 1].year > 1) part += 1;
      return { ...point, part };
    });
  }

  function described(titles, point) {
    const share = `${point.largest_name} ${point.largest_share.toFixed(1)} %, ${point.holders} holders`;
    return `${titles[point.topic]}, ${point.year}: ${format.format(Math.round(point.hhi))}\n${share}`;
  }

  function draw(data, width) {
    const marks = Object.keys(data.topics).flatMap((topic) => {
      const points = parts(data.points.filter((point) => point.topic === topic));
      const stroke = `var(--chart-${topic})`;
      const line = Plot.line(points, { x: "year", y: "hhi", z: "part", stroke, strokeWidth: 1.5, ariaDescription: `line of ${topic}` });
      const dots = Plot.dot(points, {
        x: "year",
        y: "hhi",
        r: 3.5,
        stroke,
        strokeWidth: 1.5,
        fill: (point) => (point.hollow ? "var(--md-default-bg-color)" : stroke),
        ariaDescription: `figures of ${topic}`,
      });
      return topic === "reserves" ? [dots] : [line, dots];
    });
    return [
      legend([...Object.entries(data.topics), ["mark", "hollow: main flows, or some figure of grade C or D"]]),
      Plot.plot({
        width,
        height: Math.max(280, Math.min(400, width * 0.5)),
        style,
        ariaLabel: "Herfindahl–Hirschman index by year and topic, lines and dots",
        marginLeft: 52,
        marginTop: 32,
        x: { label: null, tickFormat: "d", ticks: width < 520 ? 5 : 10, tickSize: 3 },
        y: { domain: [0, 10000], label: "index, 0 to 10,000", labelArrow: "none", ticks: 5, tickSize: 0, grid: true },
        marks: [
          Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
          ...marks,
          Plot.tip(data.points, Plot.pointer({ x: "year", y: "hhi", title: (point) => described(data.topics, point), ...tip(width) })),
        ],
      }),
    ];
  }

  mount("concentration", draw);
})();
