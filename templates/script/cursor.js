/** What the page's cursor reads, for the eye: the slider that is moved tells the same in words. */
const readout = make("div", { class: "readout", "aria-hidden": "true", hidden: "" });
document.body.append(readout);
addEventListener("keydown", (event) => {
  if (event.key === "Escape") moveCursor(null);
});

/** @param {number | null} step */
function moveCursor(step) {
  cursor = step;
  readout.hidden = step === null;
  for (const figure of inView) {
    const chart = charts.get(figure);
    if (chart) showCursor(chart);
  }
}

/** Shows what a chart holds at the cursor; the same in words. @param {Chart} chart */
function readOut(chart) {
  const where = `${data.axis} ${(cursor ?? 0).toLocaleString("en")}`;
  const values = chart.values;
  const rows = values.slice(0, ROWS).map(({ one, place, value }) => {
    const swatch = draw("svg", { class: "swatch", width: 10, height: 10 });
    swatch.append(draw("rect", { width: 10, height: 10, rx: 2, fill: one.color }));
    const raw = one.raw[place];
    const notes = [];
    if (raw !== value) notes.push(`smoothed ${number(value)}`);
    if (one.steps[place] !== cursor) notes.push(`at ${one.steps[place].toLocaleString("en")}`);
    return make("tr", lifted.includes(one.run) ? { class: "lit" } : {}, make("td", {}, swatch, one.name),
      make("td", {}, make("strong", {}, number(raw))),
      make("td", { class: "aside" }, notes.join(" ")));
  });
  const left = values.length - rows.length;
  const more = left > 0 ? [`and ${left} more`] : [];
  readout.replaceChildren(make("p", {}, where),
    make("table", {}, make("tbody", {}, ...rows)), ...more);
  readout.hidden = false;
  const told = values.slice(0, ROWS).map(({ one, place }) => `${one.name} ${number(one.raw[place])}`);
  return `${where}: ${[...told, ...more].join("; ")}`;
}

/**
 * The readout beside a place of the window, over no other chart than the one that is read.
 * @param {number} x @param {number} y @param {DOMRect} box of the figure
 */
function standBy(x, y, box) {
  const { width, height } = readout.getBoundingClientRect();
  const beside = x + 16 + width > box.right ? x - 16 - width : x + 16;
  standAt(Math.max(Math.min(box.left, innerWidth - 8 - width), beside),
    Math.min(innerHeight - 8 - height, y + 12));
}

/**
 * The readout over what is read, or under it where there is no room.
 * @param {number} x its middle @param {DOMRect} box of what is read
 */
function standClear(x, box) {
  const { width, height } = readout.getBoundingClientRect();
  const over = box.top - 8 - height;
  standAt(x - width / 2, over >= 8 ? over : box.bottom + 32); // under the numbers of the axis
}

/** @param {number} x @param {number} y */
function standAt(x, y) {
  const { width } = readout.getBoundingClientRect();
  readout.style.left = `${scrollX + Math.max(8, Math.min(innerWidth - 8 - width, x))}px`;
  readout.style.top = `${scrollY + Math.max(8, y)}px`;
}

/** The line and the dots of a chart at the cursor. @param {Chart} chart */
function showCursor(chart) {
  chart.svg.querySelector(".cursor")?.remove();
  if (cursor === null || !inside(cursor, chart.view.x)) return;
  const group = draw("g", { class: "cursor" });
  const dots = chart.values.filter(({ value }) => inside(value, chart.view.y));
  group.append(
    draw("path", { d: `M${chart.px(cursor).toFixed(1)} ${chart.top}V${chart.bottom}` }),
    ...dots.map(({ one, place, value }) => draw("circle", { class: "dot", r: 4, fill: one.color,
      cx: chart.px(one.steps[place]).toFixed(1), cy: chart.py(value).toFixed(1) })));
  chart.svg.append(group);
}
