/** @type {(selector: string, within?: ParentNode) => HTMLElement[]} */
const all = (selector, within = document) =>
  /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);

/**
 * A new element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, attributes = {}, ...children) {
  const made = dressed(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

/**
 * @template {Element} T @param {T} element @param {Record<string, string | number>} attributes
 * @returns {T}
 */
function dressed(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  return element;
}

/** @param {string} text @param {() => void} act @param {Record<string, string>} [attributes] */
function button(text, act, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/** @param {string} tag @param {Record<string, string | number>} attributes @returns {SVGElement} */
function draw(tag, attributes) {
  return dressed(/** @type {SVGElement} */ (document.createElementNS(SVG, tag)), attributes);
}

/** The title of a figure, or of its row. @param {HTMLElement | null} figure */
const titled = (figure) =>
  figure?.dataset.title ?? figure?.querySelector("h3, th")?.textContent ?? "";

/** What the report has named within a figure. @param {string} figure @param {string} name */
function part(figure, name) {
  return document.getElementById(`${figure}--${name}`);
}

/** @param {Element | null} part @param {boolean} shown */
function show(part, shown) {
  part?.setAttribute("display", shown ? "inline" : "none");
}

/**
 * @param {string} figure @param {number} place
 * @param {boolean} shown @param {string[]} [kinds]
 */
function showLine(figure, place, shown, kinds = ["line", "raw", "bad", "over", "under", "best"]) {
  for (const kind of kinds) show(part(figure, `${kind}-${place + 1}`), shown);
}

/**
 * What is written about runs over the lines of a figure: each group, its kind, its number, and
 * whether its run is off. @param {HTMLElement} figure @returns {[Element, string, string, boolean][]}
 */
function textsOf(figure) {
  return [...figure.querySelectorAll("svg g[data-run]")].flatMap((group) => {
    const name = group.getAttribute("data-run") ?? "";
    const found = group.id.match(/--(label|value|hair|to|hole|mark|gap)-(\d+)/);
    return found ? [[group, found[1], found[2],
      off.has(data.runs.findIndex((run) => run.startsWith(name)))]] : [];
  });
}

/**
 * A new element in the look of another. @param {Element | null | undefined} sample
 * @param {Record<string, string | number>} attributes @param {boolean} [deep]
 */
function alike(sample, attributes, deep = false) {
  return dressed(/** @type {Element} */ (sample?.cloneNode(deep) ?? draw("g", {})), attributes);
}
