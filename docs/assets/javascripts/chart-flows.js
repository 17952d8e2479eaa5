// Flows of a product: exporters, importers and the bands between them, for a chosen product and year.
(function () {
  "use strict";
  const { format, mount } = window.rareEarthsCharts;
  const OTHERS = "others";
  const start = new URLSearchParams(location.search);
  const chosen = { picture: null, year: null };
  let chart;

  const millions = (usd) => (usd >= 1e7 ? format.format(Math.round(usd / 1e6)) : usd >= 1e6 ? (usd / 1e6).toFixed(1) : (usd / 1e6).toFixed(3));
  const colour = (code) => (code === OTHERS ? "var(--chart-others)" : `var(--chart-${code}, var(--chart-more))`);

  function select(figure, text, name, options, value) {
    const label = document.createElement("label");
    const field = document.createElement("select");
    field.name = name;
    for (const [key, words] of options) field.append(new Option(words, key, false, key === String(value)));
    label.append(`${text} `, field);
    figure.querySelector(".chart-controls").append(label);
    return field;
  }

  const yearsOf = (bands) => d3.sort(new Set(bands.filter((band) => band.picture === chosen.picture).map((band) => band.year)), (year) => -year);

  function nodesAndLinks(bands) {
    const sums = (side) => d3.rollup(bands, (rows) => d3.sum(rows, (band) => band.value), (band) => band[side]);
    const node = (side) => [...sums(side)].map(([code, value]) => ({ id: `${side} ${code}`, side, code, total: value }));
    const order = (nodes) => d3.sort(nodes, (a, b) => (a.code === OTHERS) - (b.code === OTHERS) || b.total - a.total);
    return {
      nodes: [...order(node("exporter")), ...order(node("importer"))],
      links: bands.map((band) => ({ source: `exporter ${band.exporter}`, target: `importer ${band.importer}`, value: band.value, band })),
    };
  }

  function draw(data, width) {
    const bands = data.bands.map(([picture, year, exporter, importer, value, flows, source, main]) => ({ picture, year, exporter, importer, value, flows, source: data.sources[source], main }));
    const name = (code) => (code === OTHERS ? "all others" : data.names[code]);
    const now = bands.filter((band) => band.picture === chosen.picture && band.year === chosen.year && band.value > 0);
    const narrow = width < 560;
    const height = narrow ? 560 : 520;
    const side = narrow ? 88 : 150;
    const short = (text) => (narrow && text.length > 13 ? `${text.slice(0, 12)}…` : text);
    const { nodes, links } = d3
      .sankey()
      .nodeId((node) => node.id)
      .nodeWidth(10)
      .nodePadding(narrow ? 12 : 11)
      .nodeSort(null)
      .linkSort((a, b) => b.value - a.value)
      .extent([[side, 34], [width - side, height - 8]])(nodesAndLinks(now));
    const svg = d3.create("svg").attr("width", width).attr("height", height).attr("viewBox", [0, 0, width, height]).attr("role", "img");
    const total = d3.sum(now, (band) => band.value);
    const scope = now.some((band) => band.main) ? "main flows only" : chosen.picture === "850511" ? "every flow" : "the partners listed";
    svg.attr("aria-label", `${data.pictures[chosen.picture].label}, ${chosen.year}: ${format.format(now.length)} bands, ${millions(total)} million USD, ${scope}`);
    for (const [text, x, anchor] of [["exporters", side, "start"], ["importers", width - side, "end"]]) {
      svg.append("text").attr("x", x).attr("y", 16).attr("text-anchor", anchor).attr("class", "flow-head").text(text);
    }
    const said = document.createElement("p");
    said.className = "flow-said";
    said.setAttribute("role", "status");
    const rest = `${chosen.year}: ${millions(total)} million USD, ${scope}.`;
    said.textContent = rest;
    const tell = (text) => (said.textContent = text ?? rest);
    const words = (link) => `${name(link.band.exporter)} to ${name(link.band.importer)}, ${chosen.year}: ${millions(link.value)} million USD, ${(100 * link.value / total).toFixed(1)} % of the picture, ${link.band.flows} ${link.band.flows === 1 ? "flow" : "flows"}.`;

    const paths = svg
      .append("g")
      .attr("fill", "none")
      .selectAll("path")
      .data(links)
      .join("path")
      .attr("class", "flow-band")
      .attr("d", d3.sankeyLinkHorizontal())
      .attr("stroke", (link) => colour(link.band.exporter))
      .attr("stroke-width", (link) => Math.max(1, link.width))
      .on("pointerenter focus", (_, link) => tell(words(link)))
      .on("pointerleave blur", () => tell());
    paths.append("title").text(words);

    const light = (node) => {
      paths.classed("flow-dim", (link) => node && link.source !== node && link.target !== node);
      tell(node && `${name(node.code)}, ${chosen.year}: ${node.side === "exporter" ? "exports" : "imports"} of ${millions(node.total)} million USD, ${(100 * node.total / total).toFixed(1)} % of the picture.`);
    };
    const groups = svg
      .append("g")
      .selectAll("g")
      .data(nodes)
      .join("g")
      .attr("class", "flow-node")
      .on("pointerenter", (_, node) => light(node))
      .on("pointerleave", () => light(null));
    groups
      .append("rect")
      .attr("x", (node) => node.x0)
      .attr("y", (node) => node.y0)
      .attr("width", (node) => node.x1 - node.x0)
      .attr("height", (node) => Math.max(1, node.y1 - node.y0))
      .attr("fill", (node) => (node.side === "exporter" ? colour(node.code) : "currentColor"));
    const label = groups
      .append("text")
      .attr("x", (node) => (node.side === "exporter" ? node.x0 - 6 : node.x1 + 6))
      .attr("y", (node) => (node.y0 + node.y1) / 2)
      .attr("dy", "0.35em")
      .attr("text-anchor", (node) => (node.side === "exporter" ? "end" : "start"));
    label.append("tspan").attr("class", "flow-name").text((node) => short(name(node.code)));
    if (!narrow) label.append("tspan").attr("dx", 5).attr("class", "flow-value").text((node) => millions(node.total));
    groups.append("title").text((node) => `${name(node.code)}: ${millions(node.total)} million USD`);

    list(now, name);
    const note = document.createElement("p");
    note.className = "flow-note";
    note.textContent = data.pictures[chosen.picture].said;
    return [said, svg.node(), note];
  }

  /** The bands as the table below the picture, so that all that is drawn can be read. */
  function list(now, name) {
    const body = document.querySelector("#flows-of-a-product-table tbody");
    const row = (band) => {
      const found = document.createElement("tr");
      const head = found.appendChild(document.createElement("th"));
      head.scope = "row";
      head.textContent = name(band.exporter);
      for (const text of [name(band.importer), millions(band.value), format.format(band.flows)]) found.insertCell().textContent = text;
      const link = found.insertCell().appendChild(document.createElement("a"));
      [link.href, link.textContent] = [`../../sources/${band.source[0]}/`, band.source[1]];
      return found;
    };
    body.replaceChildren(...d3.sort(now, (a, b) => b.value - a.value).map(row));
  }

  /** The choice stands in the address, so that a view can be passed on. */
  function remember() {
    history.replaceState(null, "", `?${new URLSearchParams(chosen)}${location.hash}`);
    chart.redraw();
  }

  function controls(figure, data) {
    const bands = data.bands.map(([picture, year, , , , , , main]) => ({ picture, year, main }));
    const known = (picture) => Object.hasOwn(data.pictures, picture);
    chosen.picture = known(start.get("picture")) ? start.get("picture") : Object.keys(data.pictures)[0];
    const wanted = Number(start.get("year"));
    chosen.year = yearsOf(bands).includes(wanted) ? wanted : yearsOf(bands)[0];
    const pictures = select(figure, "Product", "picture", Object.entries(data.pictures).map(([key, { label }]) => [key, label]), chosen.picture);
    const years = select(figure, "Year", "year", [], null);
    const refill = () => years.replaceChildren(...yearsOf(bands).map((year) => new Option(year, year, false, year === chosen.year)));
    refill();
    pictures.addEventListener("change", () => {
      chosen.picture = pictures.value;
      if (!yearsOf(bands).includes(chosen.year)) chosen.year = yearsOf(bands)[0];
      refill();
      remember();
    });
    years.addEventListener("change", () => {
      chosen.year = Number(years.value);
      remember();
    });
    for (const [text, step] of [["Earlier", 1], ["Later", -1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", () => {
        const all = yearsOf(bands);
        const place = Math.min(all.length - 1, Math.max(0, all.indexOf(chosen.year) + step));
        chosen.year = all[place];
        years.value = String(chosen.year);
        remember();
      });
      figure.querySelector(".chart-controls").append(button);
    }
  }

  const figure = document.getElementById("chart-flows-of-a-product");
  controls(figure, JSON.parse(figure.querySelector("script[type='application/json']").textContent));
  chart = mount("flows-of-a-product", draw);
})();
