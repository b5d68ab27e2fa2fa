const INK = "#1c1f24"; // of a saved figure, which stands on white

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

/**
 * A figure as a file: on white, with its title and the names of its lines.
 * @param {HTMLElement} figure
 */
function picture(figure) {
  const svg = /** @type {SVGSVGElement} */ (figure.querySelector("svg")?.cloneNode(true));
  for (const one of svg.querySelectorAll('[display="none"], .band, .cursor')) one.remove();
  const { width, height } = svg.viewBox.baseVal;
  const top = 28;
  const names = legend(figure.id, width);
  const box = { x: 0, y: -top, width, height: top + height + names.height };
  dressed(svg, { viewBox: `${box.x} ${box.y} ${width} ${box.height}`, height: box.height,
    "font-family": "system-ui, DejaVu Sans, sans-serif" });
  names.rows.setAttribute("transform", `translate(0 ${height})`);
  svg.prepend(written("title", titled(figure)),
    written("desc", all(".subtitle, figcaption", figure).map((one) => one.textContent).join(" ").trim()),
    draw("rect", { ...box, fill: "#ffffff" }),
    written("text", titled(figure), { x: 8, y: 18 - top, "font-size": 13, "font-weight": "bold",
      fill: INK }));
  svg.append(names.rows);
  return new XMLSerializer().serializeToString(svg);
}

/**
 * The names of a figure's lines that are seen, each beside a piece of its line.
 * @param {string} id @param {number} width
 */
function legend(id, width) {
  /** @type {Map<string, Element>} */
  const found = new Map();
  data.figures[id]?.lines?.forEach(({ r, n, q }, place) => {
    const line = part(id, `line-${place + 1}`)?.querySelector("path");
    if (line && !q && !off.has(r)) found.set([data.runs[r], n].filter(Boolean).join(", "), line);
  });
  const longest = Math.max(0, ...[...found.keys()].map((name) => name.length));
  const across = Math.max(1, Math.floor(width / (40 + 7 * longest)));
  const rows = draw("g", {});
  [...found].forEach(([name, line], place) => {
    const x = 8 + (place % across) * width / across;
    const y = 12 + Math.floor(place / across) * 17;
    rows.append(alike(line, { d: `M${x} ${y - 4}h18`, "clip-path": "none", "stroke-width": 2 }),
      written("text", name, { x: x + 24, y, "font-size": 11, fill: INK }));
  });
  return { rows, height: found.size && 8 + 17 * Math.ceil(found.size / across) };
}

/** @param {string} tag @param {string} text @param {Record<string, string | number>} [attributes] */
function written(tag, text, attributes = {}) {
  const made = draw(tag, attributes);
  made.textContent = text;
  return made;
}
