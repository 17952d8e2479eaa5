// Policy timeline: filters the list that the server wrote, says what stands on a day, and counts the actions by year.
(function () {
  "use strict";
  const { style, mount, legend, tip } = window.rareEarthsCharts;
  const standing = window.rareEarthsStanding;

  const DIRECTIONS = ["restrict", "relax", "support", "framework", "cooperate", "investigate", "dispute"];
  const form = document.getElementById("policy-filters");
  const count = document.getElementById("policy-count");
  const fields = ["jurisdiction", "type", "element", "year", "on", "state"].map((name) => form.elements[name]);
  const states = new Map([...form.elements.state.options].map((option) => [option.value, option.text]));
  const { actions } = JSON.parse(document.querySelector("#chart-policy-timeline script[type='application/json']").textContent);
  for (const action of actions) {
    action.row = document.getElementById(action.action_id);
    action.concerns = new Set((action.elements ?? "").split("; "));
  }
  let shown = actions;

  const chosen = () => Object.fromEntries(fields.map((field) => [field.name, field.disabled ? "" : field.value]));

  /** In force or suspended, as far as was known before the day. */
  const lastKnown = ({ state, certain }) => !certain && state !== "unclear";

  /** Only the state depends on the day; the other filters are asked of the action itself. */
  const matches = (action, { jurisdiction, type, element, year, state }) =>
    (!jurisdiction || action.jurisdiction === jurisdiction) &&
    (!type || action.policy_type === type) &&
    (!element || action.concerns.has(element)) &&
    (!year || action.year === year) &&
    (!state || action.standing.state === state || (state === "last_known" && lastKnown(action.standing)));

  function said(filters) {
    const total = `${shown.length} of ${actions.length} actions`;
    if (!filters.on) return `${total}, by year.`;
    const parts = d3
      .rollups(shown, (group) => group, (action) => action.standing.state)
      .sort(([a], [b]) => [...states.keys()].indexOf(a) - [...states.keys()].indexOf(b))
      .map(([state, group]) => {
        const old = group.filter((action) => lastKnown(action.standing)).length;
        return `${group.length} ${states.get(state)}${old ? ` (${old} of them last known)` : ""}`;
      });
    return `${total}. On ${filters.on}: ${parts.join(", ") || "none"}.`;
  }

  function mark(action, on) {
    const cell = action.row.querySelector(".policy-state");
    cell.hidden = !on;
    if (!on) return;
    const { state } = action.standing;
    cell.dataset.state = state;
    cell.textContent = `${on}: ${states.get(state)}${lastKnown(action.standing) ? `, last known (${action.status_as_of})` : ""}`;
  }

  function group(details, filtered) {
    const visible = [...details.querySelectorAll("tbody tr")].filter((row) => !row.hidden).length;
    details.hidden = visible === 0;
    details.open = filtered && visible > 0;
    details.querySelector(".policy-year-count").textContent = `${visible} ${visible === 1 ? "action" : "actions"}`;
  }

  function remember(filters) {
    const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  }

  function apply() {
    form.elements.state.disabled = !form.elements.on.value;
    const filters = chosen();
    for (const action of actions) {
      action.standing = filters.on ? standing(action, filters.on) : null;
      action.row.hidden = !matches(action, filters);
      mark(action, filters.on);
    }
    shown = actions.filter((action) => !action.row.hidden);
    const filtered = Object.entries(filters).some(([name, value]) => value && name !== "on");
    document.querySelectorAll(".policy-year").forEach((details) => group(details, filtered));
    count.textContent = said(filters);
    remember(filters);
    chart.redraw();
  }

  function draw(_, width) {
    if (width === 0) return [];
    const dated = shown.filter((action) => /^\d+$/.test(action.year));
    const [first, last] = d3.extent(actions, (action) => Number(action.year) || undefined);
    const years = d3.range(first, last + 1);
    const present = DIRECTIONS.filter((direction) => actions.some((action) => action.direction === direction));
    const every = width < 520 ? 10 : 5;
    return [
      legend(present.map((direction) => [direction, direction])),
      Plot.plot({
        width,
        height: Math.max(200, Math.min(280, width * 0.35)),
        style,
        ariaLabel: "Number of actions shown, by year and direction, stacked columns",
        marginLeft: 30,
        marginTop: 32,
        x: { type: "band", domain: years, label: null, ticks: years.filter((year) => year % every === 0), tickFormat: String, tickSize: 3, padding: 0.15 },
        y: { label: "actions", labelArrow: "none", ticks: 4, tickSize: 0, grid: true, tickFormat: (value) => (Number.isInteger(value) ? String(value) : "") },
        marks: [
          Plot.barY(dated, Plot.groupX({ y: "count" }, {
            x: (action) => Number(action.year),
            z: "direction",
            fill: (action) => `var(--chart-${action.direction})`,
            order: DIRECTIONS,
            ariaDescription: "actions",
          })),
          Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
          Plot.tip(dated, Plot.pointerX(Plot.groupX({ y: "count", title: described }, { x: (action) => Number(action.year), title: (action) => action, ...tip(width) }))),
        ],
      }),
    ];
  }

  function described(group) {
    const lines = d3.rollups(group, (rows) => rows.length, (action) => action.direction).sort(([, a], [, b]) => b - a);
    return [`${group[0].year}: ${group.length}`, ...lines.map(([direction, number]) => `${direction} ${number}`)].join("\n");
  }

  /** Rows of the table for the actions shown, with their state where a day is chosen. */
  async function download() {
    const [header, ...rows] = d3.csvParseRows(await (await fetch("../../assets/charts/policy-timeline.csv")).text());
    const { on } = chosen();
    const kept = new Map(shown.map((action) => [action.action_id, action.standing]));
    const place = header.indexOf("action_id");
    const found = rows.filter((row) => kept.has(row[place]));
    const answer = (row) => (on ? [on, kept.get(row[place]).state, kept.get(row[place]).certain] : []);
    const text = d3.csvFormatRows([[...header, ...(on ? ["on", "state", "certain"] : [])], ...found.map((row) => [...row, ...answer(row)])]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/csv" }));
    link.download = "rare-earths-policy-actions.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** An action that a link names is shown, whatever the filters say. */
  function reveal() {
    const action = actions.find(({ action_id: id }) => id === decodeURIComponent(location.hash.slice(1)));
    if (!action) return;
    if (action.row.hidden) {
      for (const field of fields) field.value = "";
      apply();
    }
    action.row.closest("details").open = true;
    action.row.scrollIntoView();
  }

  const query = new URLSearchParams(location.search);
  const chart = mount("policy-timeline", draw);
  for (const field of fields) field.value = query.get(field.name) ?? "";
  for (const field of fields) if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  document.getElementById("policy-download").addEventListener("click", download);
  window.addEventListener("hashchange", reveal);
  apply();
  reveal();
})();
