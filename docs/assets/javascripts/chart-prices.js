// Prices of one element at a time: a line per source, material, basis and delivery on a logarithmic scale.
(function () {
  "use strict";
  const { style, format, mount, tip } = window.rareEarthsCharts;
  const COLOURS = ["us", "chn", "aus", "mmr", "ind", "tha"].map((name) => `var(--chart-price-${name})`);
  const SYMBOLS = ["circle", "square", "triangle", "diamond", "times", "star"];

  /** Colour and symbol by what is priced: lines of several editions share them. What lies below is larger by a rim. */
  function looks(lines, width) {
    const kinds = [...new Set(lines.map((line) => line.kind))];
    const drawn = kinds.filter((kind) => lines.some((line) => line.kind === kind && line.points.some((point) => point.price !== null)));
    const rim = (kind) => Math.max(0, Math.min(3, drawn.length - 1 - drawn.indexOf(kind)));
    return new Map(kinds.map((kind, place) => [kind, { colour: COLOURS[place % COLOURS.length], symbol: SYMBOLS[place % SYMBOLS.length], rim: rim(kind) * (width < 520 ? 0.6 : 1) }]));
  }

  /** A legend in words: what is priced, then the sources that price it. */
  function legend(lines, look) {
    const list = document.createElement("ul");
    list.className = "chart-legend chart-legend-lines";
    for (const [kind, group] of d3.group(lines, (line) => line.kind)) {
      const item = list.appendChild(document.createElement("li"));
      const { colour, symbol } = look.get(kind);
      item.append(Plot.plot({ width: 16, height: 12, margin: 0, axis: null, x: { domain: [0, 1] }, y: { domain: [0, 1] }, marks: [Plot.dot([0], { x: 0.5, y: 0.5, r: 4, symbol, fill: filledSymbol(symbol) ? colour : "none", stroke: colour, strokeWidth: 1.5 })] }));
      item.append(`${kind} (${editions(group)})`);
    }
    return list;
  }

  /** Editions of a group, each series named once: “Mineral Commodity Summaries 2019, 2021; Minerals Yearbook 2022”. */
  function editions(group) {
    const [names, years] = [0, 1].map((part) => (line) => line.edition.match(/^(.*) (\d{4}.*)$/).slice(1)[part]);
    return [...d3.rollup(group, (lines) => d3.sort(new Set(lines.map(years))).join(", "), names)].map((pair) => pair.join(" ")).join("; ");
  }

  const filledSymbol = (symbol) => symbol !== "times" && symbol !== "star";

  function described(line, point) {
    return `${point.year}: printed ${point.price_as_printed} ${line.unit}${point.status ? `, ${point.status}` : ""}\n${line.kind}\n${line.edition}, grade ${point.grade}`;
  }

  /** 1, 2 and 5 of each power of ten within a domain. */
  function steps([low, high]) {
    const powers = d3.range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1);
    return powers.flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power)).filter((value) => value >= low && value <= high);
  }

  function draw(data, width, element) {
    if (width === 0) return [];
    const lines = data.lines.filter((line) => line.element === element);
    const look = looks(lines, width);
    const spread = lines.flatMap((line) => line.points.map((point) => ({ ...point, line })));
    const ranges = spread.filter((point) => point.price === null);
    const ends = ranges.flatMap((point) => [point.price_low, point.price_high].map((end) => ({ ...point, end })));
    const [first, last] = d3.extent(data.lines.flatMap((line) => line.points), (point) => point.year);
    const years = d3.range(first, last + 1);
    const [low, high] = d3.extent([...ends.map((point) => point.end), ...spread.map((point) => point.price).filter(Boolean)]);
    const domain = [low / 1.2, high * 1.2];
    const colour = (point) => look.get(point.line.kind).colour;
    const chart = Plot.plot({
      width,
      height: Math.max(280, Math.min(420, width * 0.5)),
      style,
      ariaLabel: `Prices of ${data.elements[element]} by year, logarithmic scale`,
      marginLeft: 48,
      marginTop: 32,
      x: { domain: [years[0] - 0.5, years.at(-1) + 0.5], ticks: years.filter((year) => (years.at(-1) - year) % (width < 520 ? 2 : 1) === 0), label: null, tickFormat: width < 620 ? (year) => `’${String(year).slice(2)}` : String, tickSize: 3 },
      y: { type: "log", domain, label: lines[0].unit, labelArrow: "none", tickFormat: (value) => format.format(value), ticks: steps(domain), tickSize: 0, grid: true },
      symbol: { type: "identity" },
      r: { type: "identity" },
      marks: [
        lines.map((line) => Plot.line(years.map((year) => line.points.find((point) => point.year === year) ?? { year }), {
          x: "year",
          y: (point) => point.price ?? NaN,
          stroke: look.get(line.kind).colour,
          strokeWidth: 1.6 + 1.6 * look.get(line.kind).rim,
          ariaDescription: `line of ${line.material} in ${line.source_id}`,
        })),
        Plot.ruleX(ranges, { x: "year", y1: "price_low", y2: "price_high", stroke: colour, strokeWidth: 2, ariaDescription: "ranges" }),
        Plot.ruleY(ends, { x1: (point) => point.year - 0.12, x2: (point) => point.year + 0.12, y: "end", stroke: colour, strokeWidth: 2, ariaDescription: "ends of ranges" }),
        Plot.dot(spread.filter((point) => point.price !== null), {
          x: "year",
          y: "price",
          r: (point) => 3.5 + 1.5 * look.get(point.line.kind).rim,
          symbol: (point) => look.get(point.line.kind).symbol,
          stroke: colour,
          fill: "var(--md-default-bg-color)",
          strokeWidth: 1.6,
          ariaDescription: "prices",
        }),
        Plot.tip(spread, Plot.pointer({ x: "year", y: (point) => point.price ?? point.price_high, title: (point) => described(point.line, point), ...tip(width, 32) })),
      ],
    });
    return [legend(lines, look), chart];
  }

  /** A list of the elements above the figure. */
  function choice(figure, elements, onChange) {
    const label = figure.querySelector(".chart-controls").appendChild(document.createElement("label"));
    label.append("Element ");
    const select = label.appendChild(document.createElement("select"));
    for (const [symbol, words] of Object.entries(elements)) select.add(new Option(words, symbol));
    select.addEventListener("change", () => onChange(select.value));
    return select;
  }

  let element = "Nd";
  const chart = mount("prices-by-element", (data, width) => draw(data, width, element));
  const { elements } = JSON.parse(chart.figure.querySelector("script[type='application/json']").textContent);
  const select = choice(chart.figure, elements, (symbol) => {
    element = symbol;
    history.replaceState(null, "", `?element=${symbol}${location.hash}`);
    chart.redraw();
  });
  const asked = new URLSearchParams(location.search).get("element");
  element = Object.hasOwn(elements, asked ?? "") ? asked : element;
  select.value = element;
})();
