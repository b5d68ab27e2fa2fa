/** @param {string} name @param {string} type @param {string} text */
function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {Table} table @returns {string} */
function csv(table) {
  const names = Object.keys(table);
  const cell = (/** @type {unknown} */ value) => {
    const text = `${value ?? ""}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = (table[names[0]] ?? []).map((_, row) => names.map((name) => table[name][row]));
  return [names, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** A figure as a file: on white, with a font of its own. @param {HTMLElement} figure */
function picture(figure) {
  const svg = /** @type {SVGSVGElement} */ (figure.querySelector("svg")?.cloneNode(true));
  for (const one of svg.querySelectorAll('[display="none"], .band, .cursor')) one.remove();
  const { width, height } = svg.viewBox.baseVal;
  const title = draw("title", {});
  title.textContent = titled(figure);
  svg.prepend(title, draw("rect", { width, height, fill: "#ffffff" }));
  svg.setAttribute("font-family", "system-ui, DejaVu Sans, sans-serif");
  return new XMLSerializer().serializeToString(svg);
}
