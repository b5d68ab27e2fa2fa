// The view that the reader has made is in the address after "#view&", so that it can be shared.
/** What brings a part of the page into the state of the address. @type {(() => void)[]} */
const restore = [];
let state = new URLSearchParams();

/** @param {string | null} text @returns {number[]} */
const numbersOf = (text) => (text ? text.split(",").map(Number).filter(Number.isFinite) : []);

let keeping = false;
/** Writes the view into the address. */
function keepState() {
  if (!keeping) return;
  state = new URLSearchParams();
  if (off.size) state.set("off", [...off].join());
  if (weight !== null) state.set("smooth", `${weight}`);
  const theme = document.querySelector(".theme :checked");
  if (theme instanceof HTMLInputElement && theme.value !== "auto") state.set("theme", theme.value);
  for (const { figure, zoom, log, from } of charts.values()) {
    if (zoom) state.set(`zoom.${figure.id}`, [...zoom.x, ...zoom.y].join());
    if (log !== from.log) state.set(`log.${figure.id}`, `${log}`);
  }
  const text = `${state}`;
  try {
    history.replaceState(null, "", text ? `#view&${text}` : "#");
  } catch {
    // A page within another one may have no address of its own.
  }
}

/** Brings a chart into the view of the address. @param {Element} figure */
function restoreView(figure) {
  const chart = charts.get(figure);
  const [x0, x1, y0, y1] = numbersOf(state.get(`zoom.${figure.id}`));
  if (!chart) return;
  if (state.has(`log.${figure.id}`) && chart.positive) chart.toggleLog();
  if (x0 < x1 && y0 < y1) chart.zoomTo({ x: [x0, x1], y: [y0, y1] });
}

/** Loads the page again in time, where its author asked for it; its view is in the address. */
function reloadInTime() {
  const seconds = Number(document.body.dataset.refresh);
  if (seconds) setTimeout(() => location.reload(), 1000 * seconds);
}

function restoreState() {
  if (location.hash.startsWith("#view&")) state = new URLSearchParams(location.hash.slice(6));
  for (const one of restore) one();
  keeping = true;
  document.querySelector(".theme")?.addEventListener("change", keepState);
}
