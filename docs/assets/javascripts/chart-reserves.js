// Reserves by edition: one small panel per area on a common scale, and the printed world total below.
(function () {
  "use strict";
  const { style, millions, mount, legend, names, tip } = window.rareEarthsCharts;

  const margin = { left: 34, right: 20, top: 20, bottom: 26 };
  const filled = (point) => point.grade === "A" || point.grade === "B";
  const bound = (point) => (point.qualifier === "greater_than" ? ">" : "");
  const value = (point) => (point.reserves_t_reo === null ? null : point.reserves_t_reo / 1e6);

  let sources = new Map();

  function described(point) {
    const figure = point.reserves_t_reo === null ? "no figure" : `${bound(point)}${millions(point.reserves_t_reo)} million t`;
    const printed = point.reserves_as_printed === null ? "empty cell" : `printed “${point.reserves_as_printed}”`;
    return `Edition ${point.vintage}: ${figure}\n${printed}, grade ${point.grade}\n${sources.get(point.source_id)}`;
  }

  const label = (point) => bound(point) + millions(point.reserves_t_reo);
  /** Width of a label in pixels, roughly. */
  const wide = (point) => 8.4 * label(point).length;

  /** The points to write a figure beside: the newest, the first, then those around changes, as far as there is room. */
  function labelled(points, x, y) {
    const figures = points.filter((point) => point.reserves_t_reo !== null);
    const change = (place) => Math.abs((figures[place]?.reserves_t_reo ?? NaN) - figures[place - 1]?.reserves_t_reo) || 0;
    const rank = (point, place) => {
      if (place === figures.length - 1) return Infinity;
      return place === 0 ? Number.MAX_VALUE : Math.max(change(place), change(place + 1));
    };
    const ranks = new Map(figures.map((point, place) => [point, rank(point, place)]));
    const kept = [];
    for (const point of d3.sort(figures, (point) => -ranks.get(point))) {
      // A label stands above its point: neither on another label nor on another point.
      const apart = (other) => Math.abs(x(other) - x(point));
      const half = wide(point) / 2;
      const free =
        kept.every((other) => apart(other) > half + wide(other) / 2 + 3 || Math.abs(y(other) - y(point)) > 15) &&
        figures.every((other) => other === point || apart(other) > half + 4 || y(other) > y(point) - 2 || y(other) < y(point) - 21);
      if (ranks.get(point) > 0 && free) kept.push(point);
    }
    return kept;
  }

  /** Where the tooltip of a point stands, so that it does not leave a panel at the edge of the screen. */
  const inside = (point, positions) => positions[Math.max(3, Math.min(positions.length - 5, positions.indexOf(point.vintage)))];

  function plot(points, positions, { width, height, most, title, ticks, short }) {
    const figures = points.filter((point) => point.reserves_t_reo !== null);
    const missing = points.filter((point) => point.reserves_t_reo === null);
    const step = (width - margin.left - margin.right) / (positions.length - 1);
    const x = (point) => positions.indexOf(point.vintage) * step;
    const y = (point) => (-value(point) / most) * (height - margin.top - margin.bottom);
    return Plot.plot({
      width,
      height,
      style,
      title,
      ariaLabel: `Reserves of ${points[0].name} by edition`,
      marginLeft: margin.left,
      marginRight: margin.right,
      marginTop: margin.top,
      marginBottom: margin.bottom,
      x: { type: "point", domain: positions, label: null, ticks, tickFormat: (label) => (short ? label.split(" ")[0] : label), tickSize: 3 },
      y: { domain: [0, most], label: null, ticks: 3, tickSize: 0, grid: true },
      marks: [
        Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
        Plot.line(figures, { x: "vintage", y: value, stroke: "var(--chart-line)", strokeWidth: 1.5, ariaDescription: "line" }),
        Plot.dot(figures, {
          x: "vintage",
          y: value,
          r: 3.5,
          stroke: "var(--chart-line)",
          fill: (point) => (filled(point) ? "var(--chart-line)" : "var(--md-default-bg-color)"),
          ariaDescription: "figures",
        }),
        Plot.dot(missing, { x: "vintage", y: 0, symbol: "times", r: 2.5, stroke: "currentColor", ariaDescription: "not available" }),
        Plot.text(missing.slice(-1), { x: "vintage", y: 0, text: () => "NA", dy: -12 }),
        Plot.text(labelled(points, x, y), {
          x: "vintage",
          y: value,
          text: label,
          dy: -11,
          fontWeight: 600,
          stroke: "var(--md-default-bg-color)",
          strokeWidth: 3,
          fill: "currentColor",
          ariaDescription: "labels",
        }),
        Plot.tip(points, Plot.pointerX({ px: "vintage", x: (point) => inside(point, positions), y: (point) => value(point) ?? 0, title: described, anchor: "bottom", pointerSize: 0, dy: -8, ...tip(width) })),
      ],
    });
  }

  function draw(data, width) {
    sources = names(document.getElementById("chart-reserves-by-edition"));
    const columns = Math.max(2, Math.min(4, Math.floor(width / 210)));
    const panel = Math.floor((width - (columns - 1) * 12) / columns);
    const of = (area) => data.points.filter((point) => point.area === area);
    const last = data.positions.slice(-2);
    const grid = document.createElement("div");
    grid.className = "chart-panels";
    grid.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
    const tallest = Math.max(...data.panels.flatMap((area) => of(area).map((point) => value(point) ?? 0)));
    for (const area of data.panels) {
      const points = of(area);
      const ticks = [data.positions[0], "2020", last[1]];
      grid.append(plot(points, data.positions, { width: panel, height: 180, most: tallest * 1.12, title: points[0].name, ticks, short: true }));
    }
    const world = of("WLD");
    const most = Math.max(...world.map(value)) * 1.15;
    const ticks = data.positions.filter((label, place) => width > 620 || (place % 3 === 0 && !last.includes(label)) || label === last[1]);
    const total = plot(world, data.positions, { width, height: 200, most, title: "World, as printed", ticks, short: width <= 620 });
    const entries = [
      ["filled", "read in the document or its data file (grade A)"],
      ["hollow", "read in another publication that names the edition (grade C)"],
      ["times", "printed NA"],
    ];
    return [legend(entries), grid, total];
  }

  mount("reserves-by-edition", draw);
})();
