/** Charts that are in view or were, by figure. @type {Map<Element, Chart>} */
const charts = new Map();
/** Figures in view. @type {Set<Element>} */
const inView = new Set();

let asked = 0;
/** Draws the charts in view at the next frame; the others when they come into view. */
function refresh() {
  for (const chart of charts.values()) chart.stale = true;
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(() => {
    for (const figure of inView) charts.get(figure)?.draw();
  });
}

/**
 * What a figure is handed out as. @param {HTMLElement} figure @param {FigureData} from
 * @param {Chart | undefined} chart
 */
function addTools(figure, from, chart) {
  const title = titled(figure);
  const { id } = figure;
  const tools = [button("SVG", () => download(`${id}.svg`, "image/svg+xml", picture(figure)),
    { "aria-label": `Save ${title} as SVG` })];
  if (chart || from.table) {
    const what = chart?.thinned ? "drawn points" : "data";
    tools.push(button(chart?.thinned ? "Drawn points" : "CSV",
      () => download(`${id}${chart?.thinned ? "-drawn-points" : ""}.csv`, "text/csv",
        csv(chart?.table ?? from.table ?? {})), { "aria-label": `Save the ${what} of ${title} as CSV` }));
  }
  if (chart?.positive) {
    tools.unshift(button("Log", () => chart.toggleLog(),
      { class: "log", "aria-pressed": `${chart.log}` }));
  }
  if (chart) {
    tools.unshift(button("Zoom in", () => chart.probe.zoom(0.5), { class: "closer" }),
      button("Zoom out", () => {
        chart.zoomTo(null);
        chart.probe.element.focus({ preventScroll: true }); // the button goes
      }, { class: "reset", hidden: "" }));
  }
  const fold = figure.querySelector("details.data");
  if (fold instanceof HTMLDetailsElement) {
    const opener = button("Data", () => { fold.open = !fold.open; },
      { "aria-label": `Data of ${title}`, "aria-expanded": "false" });
    fold.addEventListener("toggle", () => opener.setAttribute("aria-expanded", `${fold.open}`));
    tools.unshift(opener);
  }
  figure.querySelector(".head")?.append(
    make("div", { class: "tools", role: "group", "aria-label": `Tools for ${title}` }, ...tools));
}

/** Makes charts and tools of figures when they come near the window. */
function watchFigures() {
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target);
      else inView.delete(target);
      const from = data.figures[target.id];
      if (isIntersecting && from && target instanceof HTMLElement) meet(target, from);
    }
  }, { rootMargin: "300px" });
  for (const figure of all("figure[id]")) watch.observe(figure);
}

/** A figure that has come near. @param {HTMLElement} figure @param {FigureData} from */
function meet(figure, from) {
  if (!figure.querySelector(".tools")) {
    if (from.box && from.lines?.length) charts.set(figure, new Chart(figure, from));
    addTools(figure, from, charts.get(figure));
    restoreView(figure);
    addRidgeStepper(figure, from);
  }
  const chart = charts.get(figure);
  if (chart?.stale) chart.draw();
  dim(figure);
}
