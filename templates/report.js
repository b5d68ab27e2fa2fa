// What the page can do beyond what it shows. Every figure, table and link is there without this;
// charts stay the SVG that they came as until something is asked of them.

/**
 * One line of a chart as the page's data has it: run, split, steps, raw values, places on the axis
 * where these are not the steps, the values drawn where they do not follow from the raw ones, and
 * the places without a finite value.
 * @typedef {{r: number, n: string, s: number[], v: number[], x?: number[],
 *   m?: number[], b?: number[]}} Line
 * @typedef {Record<string, unknown[]>} Table
 * @typedef {{box?: number[], x: number[], y: number[], log: boolean, w: number | null,
 *   best?: number[], lines?: Line[], table?: Table | null}} FigureData
 * @typedef {{runs: string[], axis: string, log: boolean,
 *   figures: Record<string, FigureData>}} PageData
 * @typedef {{x: number[], y: number[]}} View
 */

const SVG = "http://www.w3.org/2000/svg";
const ROWS = 12; // of a readout

/** @type {PageData} */
const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
const scaleX = data.log ? "symlog" : "linear";
/** Runs that are switched off. @type {Set<number>} */
const off = new Set();
/** The weight of smoothing; null for the figures as they came. @type {number | null} */
let weight = null;
/** Where on the x axis all charts show their values; null for nowhere. @type {number | null} */
let cursor = null;

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

/** The title of a figure, or of its row. @param {Element | null} figure */
const titled = (figure) => figure?.querySelector("h3, th")?.textContent ?? "";

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
function showLine(figure, place, shown, kinds = ["line", "raw", "bad", "over", "under"]) {
  for (const kind of kinds) show(part(figure, `${kind}-${place + 1}`), shown);
}

/**
 * A number as the report writes it: so many significant digits, a true minus. @param {number} value
 * @param {number} [digits]
 */
function number(value, digits = 4) {
  const size = Math.abs(value);
  let text = `${value}`;
  if (Number.isInteger(value) && size < 1e6) return text.replace("-", "\u2212");
  if (size >= 1e-4 && size < 1e6) {
    const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
    text = value.toFixed(Math.min(decimals, 20));
    if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  } else text = value.toExponential(digits - 1).replace(/\.?0*e\+?/, "e");
  return text.replaceAll("-", "\u2212");
}

/**
 * From a value to its place along an axis, and back; "symlog" is matplotlib's, linear up to 1.
 * @typedef {"linear" | "log" | "symlog"} Scale
 * @type {Record<Scale, ((value: number) => number)[]>}
 */
const SCALES = {
  linear: [(value) => value, (place) => place],
  log: [Math.log10, (place) => 10 ** place],
  symlog: [
    (value) => Math.abs(value) <= 1 ? value / 0.9
      : Math.sign(value) * (1 / 0.9 + Math.log10(Math.abs(value))),
    (place) => Math.abs(place) <= 1 / 0.9 ? place * 0.9
      : Math.sign(place) * 10 ** (Math.abs(place) - 1 / 0.9),
  ],
};

/** @param {number} value @param {number[]} span @param {Scale} scale */
function share(value, span, scale) {
  const [at, low, high] = [value, ...span].map(SCALES[scale][0]);
  return (at - low) / (high - low);
}

/** What has this share. @param {number} part @param {number[]} span @param {Scale} scale */
function along(part, span, scale) {
  const [to, from] = SCALES[scale];
  const [low, high] = span.map(to);
  return from(low + part * (high - low));
}

/**
 * Round numbers within a span, at most so many intervals, and their texts. @param {number[]} span
 * @param {number} most @param {Scale} scale @returns {[number, string][]}
 */
function ticks([low, high], most, scale) {
  if (scale !== "linear") {
    const least = scale === "log" ? low : Math.max(low, 1);
    for (const parts of [[1], [1, 3], [1, 2, 5]]) {
      const found = scale === "log" ? [] : [0];
      for (let power = Math.floor(Math.log10(least)); power <= Math.log10(high); power++) {
        found.push(...parts.map((part) => part * 10 ** power));
      }
      const within = found.filter((one) => inside(one, [low, high]));
      const every = Math.ceil(within.length / (most + 1));
      const kept = within.filter((_, index) => index % every === 0);
      if (kept.length > 2) return kept.map((one) => [one, grouped(number(one, 3))]);
    }
  }
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const gap = power * ([1, 2, 2.5, 5].find((one) => one * power >= rough * 0.999) ?? 10);
  const places = [];
  for (let index = Math.ceil(low / gap - 1e-9); index * gap <= high + gap * 1e-9; index++) {
    places.push(index * gap);
  }
  const largest = Math.max(...places.map(Math.abs), gap);
  const unit = largest < 1e4 || largest >= 1e12 ? 0 : largest < 1e6 ? 1 : largest < 1e9 ? 2 : 3;
  const digits = Math.min(12, Math.ceil(Math.log10(largest / gap) - 1e-9) + 2);
  return places.map((one) => [one, Math.abs(one) < largest * 1e-9 ? "0"
    : grouped(number(one / 1000 ** unit, digits)) + ["", "k", "M", "G"][unit]]);
}

/** Whole thousands apart from the rest: 1,000. @param {string} text */
function grouped(text) {
  return text.replace(/^(\u2212?\d{1,3})(\d{3})$/, "$1,$2");
}

/**
 * TensorBoard's smoothing: a mean that forgets, divided by what it has seen. A constant series is
 * left alone. @param {number[]} values @param {number} by
 */
function smooth(values, by) {
  if (by === 0 || values.every((one) => one === values[0])) return values;
  let last = 0;
  let left = 1;
  return values.map((value) => {
    last = last * by + (1 - by) * value;
    left *= by;
    return last / (1 - left);
  });
}

/**
 * Place of the value nearest to `target` in an ascending list. @param {number[]} list
 * @param {number} target
 */
function nearest(list, target) {
  let low = 0;
  let high = list.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (list[middle] < target) low = middle;
    else high = middle;
  }
  return Math.abs(list[high] - target) < Math.abs(list[low] - target) ? high : low;
}

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

/** A figure of curves over steps, and what a reader does with it. */
class Chart {
  /** @param {HTMLElement} figure @param {FigureData} from */
  constructor(figure, from) {
    this.figure = figure;
    this.from = from;
    this.svg = /** @type {SVGSVGElement} */ (figure.querySelector("svg"));
    const [left, top, right, bottom] = from.box ?? [];
    this.left = left;
    this.top = top;
    this.right = right;
    this.bottom = bottom;
    /** @type {View | null} */
    this.zoom = null;
    this.log = from.log;
    this.series = (from.lines ?? []).map((line, place) => this.read(line, place));
    this.first = { x: from.x, y: from.y };
    this.view = this.first;
    /** Steps that can be pointed at. @type {number[]} */
    this.steps = [];
    this.index();
    this.original = this.svg.cloneNode(true);
    this.probe = this.addProbe();
    this.stale = weight !== null || off.size > 0;
  }

  /** @param {string} name */
  part(name) {
    return part(this.figure.id, name);
  }

  /** @param {Line} line @param {number} place */
  read(line, place) {
    const { s, v } = line;
    let step = 0;
    const logged = s.length === 2 && v.length > 2 ? v.map((_, place) => s[0] + place * s[1])
      : s.map((gap) => (step += gap));
    const path = this.part(`line-${place + 1}`)?.querySelector("path");
    return {
      run: line.r, split: line.n, place, name: data.runs[line.r] + (line.n && `, ${line.n}`),
      color: path?.getAttribute("stroke") ?? "#000000", logged, steps: line.x ?? logged, raw: v,
      own: line.m, drawn: line.m ?? smooth(v, this.from.w ?? 0), bad: line.b ?? [],
    };
  }

  get shown() {
    return this.series.filter((one) => !off.has(one.run));
  }

  index() {
    const found = new Set(this.shown.flatMap((one) => one.steps));
    this.steps = [...found].filter((one) => inside(one, this.view.x)).sort((a, b) => a - b);
  }

  /** Whether the figure is as it came. */
  get pristine() {
    return this.view === this.first && weight === null;
  }

  /**
   * The span of what is shown within a span of steps, with matplotlib's margins.
   * @param {number[]} [within] @returns {View}
   */
  fit(within) {
    if (!within && this.shown.length === this.series.length && this.log === this.from.log) {
      return this.first;
    }
    /** @type {number[]} */
    const steps = [];
    /** @type {number[]} */
    const values = [];
    for (const one of this.shown) {
      one.steps.forEach((step, place) => {
        if (within && !inside(step, within)) return;
        steps.push(step);
        values.push(...[one.raw[place], one.drawn[place]].filter((it) => !this.log || it > 0));
      });
    }
    const x = within ?? padded(ends(steps), 0.03, scaleX);
    return { x, y: values.length ? padded(ends(values), 0.05, this.scaleY)
      : this.log ? [0.1, 1] : this.first.y };
  }

  /** @returns {Scale} */
  get scaleY() {
    return this.log ? "log" : "linear";
  }

  /** @param {number} step */
  px(step, { x } = this.view) {
    return this.left + share(step, x, scaleX) * (this.right - this.left);
  }

  /** @param {number} value */
  py(value, { y } = this.view, log = this.log) {
    const up = share(value, y, log ? "log" : "linear");
    return this.bottom - Math.max(-9, Math.min(9, up)) * (this.bottom - this.top);
  }

  /** The step and value at a place in the SVG. @param {number} x @param {number} y */
  at(x, y) {
    return [along((x - this.left) / (this.right - this.left), this.view.x, scaleX),
      along((this.bottom - y) / (this.bottom - this.top), this.view.y, this.scaleY)];
  }

  /** Draws what the page's switches and this chart's zoom ask for. */
  draw() {
    this.stale = false;
    this.svg.replaceChildren(...this.original.cloneNode(true).childNodes);
    for (const one of this.series) {
      const by = weight ?? this.from.w;
      one.drawn = weight === null && one.own ? one.own : smooth(one.raw, by ?? 0);
    }
    this.view = this.zoom ?? this.fit();
    this.index();
    if (!this.pristine) this.redraw();
    this.tell();
    this.showCursor();
  }

  redraw() {
    const { left, top, right, bottom, figure: { id } } = this;
    const clip = draw("clipPath", { id: `${id}--plot` });
    clip.append(draw("rect", { x: left - 2, y: top - 2, width: right - left + 4,
      height: bottom - top + 7 })); // marks on the axis reach over it
    this.svg.prepend(clip);
    for (const one of this.series) {
      showLine(id, one.place, !off.has(one.run));
      if (this.view !== this.first) showLine(id, one.place, false, ["over", "under"]);
      if (off.has(one.run)) continue;
      const line = this.part(`line-${one.place + 1}`);
      if (one.steps.length === 1) this.place(line, one.steps[0], one.drawn[0]);
      else {
        const raw = this.part(`raw-${one.place + 1}`) ?? (line && this.addRaw(line));
        this.path(line, one.steps, one.drawn);
        this.path(raw, one.steps, one.drawn === one.raw ? [] : one.raw);
      }
      const y = this.bottom;
      const bad = one.bad.filter((step) => inside(step, this.view.x));
      this.trace(this.part(`bad-${one.place + 1}`), bad.map((step) => {
        const x = this.px(step);
        return `M${(x - 4).toFixed(1)} ${y - 4}l8 8m-8 0l8-8`;
      }).join(""));
    }
    this.placeBest();
    this.drawAxes();
  }

  /** The mark of the best value, where its line is shown. */
  placeBest() {
    if (!this.from.best) return;
    const [line, step, value] = this.from.best;
    const best = this.part("best");
    show(best, !off.has(this.series[line].run)
      && inside(step, this.view.x) && inside(value, this.view.y));
    this.place(best, step, value);
  }

  /**
   * Moves a group that came with one mark to where its value is now.
   * @param {Element | null} group @param {number} step @param {number} value
   */
  place(group, step, value) {
    const x = this.px(step) - this.px(step, this.first);
    const y = this.py(value) - this.py(value, this.first, this.from.log);
    group?.setAttribute("transform", `translate(${x} ${y})`);
  }

  /** @param {Element} line */
  addRaw(line) {
    const group = draw("g", {});
    group.append(alike(line.querySelector("path"), { "stroke-opacity": 0.3, "stroke-width": 1.39,
      "stroke-dasharray": "none" }));
    line.before(group);
    return group;
  }

  /** @param {Element | null} group @param {number[]} steps @param {number[]} values */
  path(group, steps, values) {
    let pen = "M";
    this.trace(group, values.map((value, place) => {
      const to = `${pen}${this.px(steps[place]).toFixed(1)} ${this.py(value).toFixed(1)}`;
      const scaled = !this.log || value > 0;
      pen = scaled ? "L" : "M";
      return scaled ? to : "";
    }).join(""));
  }

  /** @param {Element | null} group @param {string} d */
  trace(group, d) {
    const path = group?.querySelector("path");
    if (path) dressed(path, { d, "clip-path": `url(#${this.figure.id}--plot)` });
  }

  /** New axes in the look of the old ones. */
  drawAxes() {
    const group = draw("g", {});
    const middle = (this.left + this.right) / 2;
    ["x", "y"].forEach((name, index) => {
      const axis = this.part(name);
      if (!axis) return;
      axis.before(group);
      show(axis, false);
      const [grid, mark] = axis.querySelectorAll("path");
      const texts = [...axis.querySelectorAll("text")];
      const span = index ? this.view.y : this.view.x;
      for (const [value, text] of ticks(span, index ? 6 : 8, index ? this.scaleY : scaleX)) {
        const at = (index ? this.py(value) : this.px(value)).toFixed(1);
        const start = index ? `M${this.left} ${at}` : `M${at} ${this.bottom}`;
        group.append(alike(grid, { d: start + (index ? `H${this.right}` : `V${this.top}`) }),
          alike(mark, { d: start + (index ? "h-4.2" : "v4.2") }));
        const label = alike(texts[0], index ? { y: `${Number(at) + 4.5}` } : { x: at });
        label.textContent = text;
        group.append(label);
      }
      if (!index && texts.length) {
        group.append(alike(texts.at(-1), { x: `${middle}` }, true));
      }
    });
  }

  /** Says in the caption what the picture no longer shares with it. */
  tell() {
    const caption = this.figure.querySelector("figcaption");
    const told = caption?.querySelector(".now") ?? make("span", { class: "now" });
    caption?.append(told);
    const drawn = Math.max(...this.series.map((one) => one.steps.length));
    told.textContent =
      (weight === null ? "" : ` Now smoothed ${weight.toFixed(2)} over the ${drawn} points drawn.`)
      + (this.log === this.from.log ? ""
        : ` Now on a ${this.log ? "logarithmic" : "linear"} scale.`);
    this.figure.querySelector(".reset")?.toggleAttribute("hidden", !this.zoom);
  }

  /** @param {View | null} view */
  zoomTo(view) {
    this.zoom = view;
    this.draw();
  }

  toggleLog() {
    this.log = !this.log;
    this.zoom = null;
    this.figure.querySelector(".log")?.setAttribute("aria-pressed", `${this.log}`);
    this.draw();
  }

  /** Whether a logarithmic axis would show anything. */
  get positive() {
    return this.series.some((one) => one.raw.some((value) => value > 0));
  }

  /** The part of the figure that is pointed at, and that keys move. */
  addProbe() {
    const name = titled(this.figure);
    const probe = make("div", { class: "probe", role: "slider", tabindex: "0",
      "aria-label": `Values of ${name} by ${data.axis.toLowerCase()}`, "aria-describedby": "hint",
      "aria-valuemin": `${this.steps[0]}`, "aria-valuemax": `${this.steps.at(-1)}`,
      "aria-valuenow": `${this.steps[0]}` });
    const { width, height } = this.svg.viewBox.baseVal;
    probe.style.inset = [this.top / height, 1 - this.right / width, 1 - this.bottom / height,
      this.left / width].map((side) => `${100 * side}%`).join(" ");
    this.svg.closest(".plot")?.append(probe);
    this.listen(probe);
    return probe;
  }

  /** @param {HTMLElement} probe */
  listen(probe) {
    /** @type {number[] | null} */
    let from = null;
    const place = (/** @type {PointerEvent} */ event) => {
      const box = probe.getBoundingClientRect();
      const x = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
      const y = Math.max(0, Math.min(1, (event.clientY - box.top) / box.height));
      return [this.left + x * (this.right - this.left), this.top + y * (this.bottom - this.top)];
    };
    probe.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      if (event.pointerType === "touch") move(event);
      else from = place(event);
      probe.setPointerCapture(event.pointerId);
    });
    const move = (/** @type {PointerEvent} */ event) => {
      const [x, y] = place(event);
      if (from) this.band(from, [x, y]);
      this.point(this.at(x, y)[0], event);
    };
    probe.addEventListener("pointermove", move);
    probe.addEventListener("pointerup", (event) => {
      if (from) this.select(from, place(event));
      from = null;
    });
    probe.addEventListener("pointercancel", () => this.band((from = null)));
    probe.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") moveCursor(null); // a finger leaves for the eye to read
    });
    probe.addEventListener("blur", () => moveCursor(null));
    probe.addEventListener("dblclick", () => this.zoomTo(null));
    probe.addEventListener("keydown", (event) => this.key(event));
  }

  /**
   * The rectangle that is being drawn; none without places. @param {number[] | null} [from]
   * @param {number[]} [to]
   */
  band(from, to) {
    this.svg.querySelector(".band")?.remove();
    if (!from || !to) return;
    const [x, y] = this.dragged(from, to);
    this.svg.append(draw("rect", { class: "band", x: x[0], y: y[0],
      width: x[1] - x[0], height: y[1] - y[0] }));
  }

  /**
   * What a drag means: a mostly straight one takes the whole of the other axis.
   * @param {number[]} from @param {number[]} to
   */
  dragged(from, to) {
    const x = [from[0], to[0]].sort((a, b) => a - b);
    const y = [from[1], to[1]].sort((a, b) => a - b);
    if (y[1] - y[0] < 16) y.splice(0, 2, this.top, this.bottom);
    else if (x[1] - x[0] < 16) x.splice(0, 2, this.left, this.right);
    return [x, y];
  }

  /** @param {number[]} from @param {number[]} to */
  select(from, to) {
    this.band();
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) < 6) return;
    const [x, y] = this.dragged(from, to);
    const [low, high] = [this.at(x[0], y[1]), this.at(x[1], y[0])];
    const across = [low[0], high[0]];
    const whole = y[0] === this.top && y[1] === this.bottom;
    this.zoomTo(whole ? this.fit(across) : { x: across, y: [low[1], high[1]] });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const steps = this.steps;
    if (!steps.length || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = cursor === null ? -1 : nearest(steps, cursor);
    const far = Math.max(1, Math.round(steps.length / 10));
    const last = steps.length - 1;
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: now - 1, ArrowRight: now + 1, ArrowDown: now - 1, ArrowUp: now + 1,
      PageDown: now - far, PageUp: now + far, Home: 0, End: last };
    const [left, right] = this.view.x;
    const at = cursor ?? (left + right) / 2;
    const zoomed = (/** @type {number} */ by) =>
      this.zoomTo(this.fit([at - (at - left) * by, at + (right - at) * by]));
    if (event.key in moves) this.point(steps[Math.max(0, Math.min(last, moves[event.key]))]);
    else if (event.key === "+" || event.key === "=") zoomed(0.5);
    else if (event.key === "-" && this.zoom) {
      const whole = this.first.x;
      if ((right - left) * 2 >= whole[1] - whole[0]) this.zoomTo(null);
      else zoomed(2);
    } else if (event.key === "0" || event.key === "Escape") this.zoomTo(null);
    else if (event.key === "l" && this.positive) this.toggleLog();
    else return;
    event.preventDefault();
  }

  /**
   * Points at the step that is nearest; the readout stands by the pointer or by the cursor.
   * @param {number} target @param {PointerEvent} [event]
   */
  point(target, event) {
    const steps = this.steps;
    if (!steps.length) return;
    moveCursor(steps[nearest(steps, target)]);
    const box = this.probe.getBoundingClientRect();
    const share = (this.px(cursor ?? 0) - this.left) / (this.right - this.left);
    this.readOut(event?.clientX ?? box.left + share * box.width, event?.clientY ?? box.top + 8);
  }

  /** What each line holds at the cursor: place in its steps, highest first. */
  get values() {
    const step = cursor ?? 0;
    return this.shown.flatMap((one) => {
      if (!one.steps.length) return [];
      const place = nearest(one.steps, step);
      const at = one.steps[place];
      const next = one.steps[place + 1] ?? one.steps[place - 1] ?? step;
      const far = Math.abs(at - step) > Math.abs(at - next);
      return far ? [] : [{ one, place, value: one.drawn[place] }];
    }).sort((a, b) => b.value - a.value);
  }

  /** @param {number} x @param {number} y */
  readOut(x, y) {
    const where = `${data.axis} ${(cursor ?? 0).toLocaleString("en")}`;
    const values = this.values;
    const rows = values.slice(0, ROWS).map(({ one, place, value }) => {
      const swatch = draw("svg", { class: "swatch", width: 10, height: 10 });
      swatch.append(draw("rect", { width: 10, height: 10, rx: 2, fill: one.color }));
      const raw = one.raw[place];
      return make("tr", {}, make("td", {}, swatch, one.name),
        make("td", {}, make("strong", {}, number(value))),
        make("td", {}, raw === value ? "" : `raw ${number(raw)}`));
    });
    const more = values.length - rows.length;
    readout.replaceChildren(make("p", {}, where),
      make("table", {}, make("tbody", {}, ...rows)), ...(more > 0 ? [`and ${more} more`] : []));
    readout.hidden = false;
    const { width, height } = readout.getBoundingClientRect();
    const beside = x + 16 + width > innerWidth - 8 ? x - 16 - width : x + 16;
    readout.style.left = `${Math.max(8, Math.min(innerWidth - 8 - width, beside))}px`;
    readout.style.top = `${Math.max(8, Math.min(innerHeight - 8 - height, y + 12))}px`;
    this.probe.setAttribute("aria-valuenow", `${cursor}`);
    this.probe.setAttribute("aria-valuetext", `${where}: ${values.slice(0, ROWS)
      .map(({ one, value }) => `${one.name} ${number(value)}`).join("; ")}`);
  }

  /** The line and the dots at the page's cursor. */
  showCursor() {
    this.svg.querySelector(".cursor")?.remove();
    if (cursor === null || !inside(cursor, this.view.x)) return;
    const group = draw("g", { class: "cursor" });
    const dots = this.values.filter(({ value }) => inside(value, this.view.y));
    group.append(draw("path", { d: `M${this.px(cursor).toFixed(1)} ${this.top}V${this.bottom}` }),
      ...dots.map(({ one, place, value }) => draw("circle", { class: "dot", r: 4, fill: one.color,
        cx: this.px(one.steps[place]).toFixed(1), cy: this.py(value).toFixed(1) })));
    this.svg.append(group);
  }

  /** The drawn points as the table behind the figure has them. */
  get table() {
    const points = this.series.flatMap((one) => one.logged.map((step, place) => [data.runs[one.run],
      one.split, step, one.raw[place], Number(one.drawn[place].toPrecision(6))]));
    return Object.fromEntries(["run", "split", "step", "value", "smoothed"].map((name, at) =>
      [name, points.map((point) => point[at])]));
  }
}

/**
 * A span with a margin at both ends, and some width where it has none. @param {number[]} span
 * @param {number} by @param {Scale} scale
 */
function padded([low, high], by, scale) {
  if (low < high) return [-by, 1 + by].map((part) => along(part, [low, high], scale));
  const room = Math.abs(high) * by || 0.5;
  return scale === "log" ? [low / 2, high * 2] : [low - room, high + room];
}

/** The least and the largest of values. @param {number[]} values */
function ends(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity]);
}

/** @param {number} value @param {number[]} span */
function inside(value, [low, high]) {
  const room = (high - low) * 1e-9;
  return value >= low - room && value <= high + room;
}

/**
 * A new element in the look of another. @param {Element | null | undefined} sample
 * @param {Record<string, string | number>} attributes @param {boolean} [deep]
 */
function alike(sample, attributes, deep = false) {
  return dressed(/** @type {Element} */ (sample?.cloneNode(deep) ?? draw("g", {})), attributes);
}

const readout = make("div", { class: "readout", hidden: "" });
document.body.append(readout);

/** Charts that are in view or were, by figure. @type {Map<Element, Chart>} */
const charts = new Map();
/** Figures in view. @type {Set<Element>} */
const inView = new Set();

/** @param {number | null} step */
function moveCursor(step) {
  cursor = step;
  readout.hidden = step === null;
  for (const figure of inView) charts.get(figure)?.showCursor();
}

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
    tools.push(button("CSV",
      () => download(`${id}.csv`, "text/csv", csv(chart?.table ?? from.table ?? {})),
      { "aria-label": `Save the data of ${title} as CSV` }));
  }
  if (chart?.positive) {
    tools.unshift(button("Log", () => chart.toggleLog(),
      { class: "log", "aria-pressed": `${chart.log}` }));
  }
  if (chart) {
    tools.unshift(button("Zoom out", () => chart.zoomTo(null), { class: "reset", hidden: "" }));
  }
  figure.querySelector(".under")?.append(
    make("div", { class: "tools", role: "group", "aria-label": `Tools for ${title}` }, ...tools));
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

const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const from = data.figures[target.id];
    if (isIntersecting) inView.add(target);
    else inView.delete(target);
    if (!isIntersecting || !from || !(target instanceof HTMLElement)) continue;
    if (!target.querySelector(".tools")) {
      if (from.box && from.lines?.length) charts.set(target, new Chart(target, from));
      addTools(target, from, charts.get(target));
      const ridges = all("[id*='--ridge-']", target);
      const steps = /** @type {number[]} */ (from.table?.step);
      const [plot] = all(".plot", target);
      if (ridges.length > 1) addStepper(plot, ridges, [...steps, 0], titled(target));
    }
    const chart = charts.get(target);
    if (chart?.stale) chart.draw();
  }
}, { rootMargin: "300px" });
for (const figure of all("figure[id]")) watch.observe(figure);

/** What stands for some runs alone, beside the charts. */
function showRuns() {
  for (const one of all("[data-runs]")) {
    const runs = (one.dataset.runs ?? "").trim().split(" ").map(Number);
    one.classList.toggle("off", runs.every((run) => off.has(run)));
  }
  for (const [id, { box, lines, best }] of Object.entries(data.figures)) {
    if (box) continue;
    lines?.forEach((line, index) => {
      showLine(id, index, !off.has(line.r));
      if (index === best?.[0]) show(part(id, "best"), !off.has(line.r));
    });
  }
  refresh();
}

/** The legend: a switch a run, and one that leaves it alone. */
function addSwitches() {
  const items = all(".legend li");
  if (items.length < 2) return;
  const switches = items.map((item, run) => {
    const name = data.runs[run];
    const made = button("", () => {
      if (!off.delete(run)) off.add(run);
      update();
    }, { "aria-pressed": "true" });
    made.append(...item.childNodes);
    const only = button("only", () => {
      const alone = !off.has(run) && off.size === items.length - 1;
      off.clear();
      if (!alone) items.forEach((_, other) => other !== run && off.add(other));
      update();
    }, { class: "only", "aria-label": `Only ${name}` });
    item.append(made, only);
    return made;
  });
  const update = () => {
    switches.forEach((one, run) => one.setAttribute("aria-pressed", `${!off.has(run)}`));
    showRuns();
  };
}

/** The slider that smooths every curve of the page. */
function addSmoothing() {
  const curves = Object.values(data.figures).filter((one) => one.box && one.lines?.length);
  const [box] = all(".smoothing");
  const input = box?.querySelector("input");
  const output = box?.querySelector("output");
  if (!curves.length || !input || !output) return;
  const start = curves.every((one) => one.w === curves[0].w) ? curves[0].w : null;
  input.value = `${start ?? 0}`;
  const reset = button("Reset", () => set(null), { hidden: "" });
  const set = (/** @type {number | null} */ value) => {
    weight = value === start ? null : value;
    if (weight === null) input.value = `${start ?? 0}`;
    const shown = weight ?? start;
    output.value = shown === null ? "as drawn" : shown.toFixed(2);
    reset.hidden = weight === null;
    refresh();
  };
  box.querySelector(".label")?.append(reset);
  input.addEventListener("input", () => set(Number(input.value)));
  set(null);
  for (const hidden of all(".smoothing, .hint")) hidden.hidden = false;
}

/** Search over the figures' tags, their sections, and runs. */
function addSearch() {
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector(".search"));
  const [found] = all(".found");
  const [contents] = all(".contents");
  const [told] = all(".found-count");
  if (!input) return;
  const entries = all("figure[id], tr[id]").map((figure) => {
    const section = figure.closest("section")?.querySelector("h2")?.textContent ?? "";
    const title = titled(figure);
    const runs = data.figures[figure.id]?.lines?.map((line) => data.runs[line.r])
      ?? [figure.closest("tr")?.textContent]; // a row has words in place of its lines
    return { id: figure.id, title, section,
      text: [title, section, ...new Set(runs)].join(" ").toLowerCase() };
  });
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (/** @type {string} */ text) => words.every((word) => text.includes(word));
    const hits = words.length ? entries.filter((one) => fits(one.text)) : [];
    contents.hidden = words.length > 0;
    found.hidden = !hits.length;
    found.replaceChildren(...hits.slice(0, 100).map((hit) => make("li", {},
      make("a", { href: `#${hit.id}` }, hit.title, make("small", {}, ` ${hit.section}`)))));
    told.textContent = words.length ? `${hits.length} of ${entries.length} figures`
      + (hits.length > 100 ? ", the first 100:" : "") : "";
    const runs = all(".legend li");
    const named = data.runs.map((name) => fits(name.toLowerCase()));
    runs.forEach((item, run) => { item.hidden = named.includes(true) && !named[run]; });
  };
  input.hidden = false;
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") found.querySelector("a")?.click();
  });
}

/** Headings that sort their table: up, down, and as it came. @param {HTMLElement} table */
function addSorting(table) {
  const body = table.querySelector("tbody");
  const rows = [...table.querySelectorAll("tbody tr")];
  if (!body || rows.length < 2) return;
  const heads = all("thead th", table);
  heads.forEach((head, place) => {
    if (rows.some((row) => row.children[place]?.querySelector(".spark"))) return;
    const cells = new Map(rows.map((row) => {
      const cell = /** @type {HTMLElement} */ (row.children[place]);
      return [row, cell.dataset.value ?? cell.innerText];
    }));
    const sort = () => {
      const before = head.getAttribute("aria-sort");
      for (const other of heads) other.removeAttribute("aria-sort");
      const way = { ascending: "descending", descending: "" }[before ?? ""] ?? "ascending";
      if (way) head.setAttribute("aria-sort", way);
      const sign = way === "descending" ? -1 : 1;
      body.append(...(way ? [...rows].sort((a, b) =>
        compare(cells.get(a) ?? "", cells.get(b) ?? "", sign)) : rows));
    };
    head.replaceChildren(button(head.textContent ?? "", sort));
  });
}

/**
 * Numbers by value, others as text, nothing and NaN last whichever way. @param {string} a
 * @param {string} b @param {number} sign
 */
function compare(a, b, sign) {
  const [gone, lost] = [a, b].map((one) => one === "" || one === "nan");
  if (gone || lost) return Number(gone) - Number(lost);
  const [x, y] = [a, b].map((one) => Number(one.replace("inf", "Infinity")));
  const known = !Number.isNaN(x) && !Number.isNaN(y);
  return sign * (known ? x - y : a.localeCompare(b, "en", { numeric: true }));
}

/**
 * A slider that leaves one of several parts, each of a step. @param {HTMLElement} host
 * @param {Element[]} parts @param {number[]} steps @param {string} name
 */
function addStepper(host, parts, steps, name) {
  const input = make("input", { type: "range", min: "0", max: `${steps.length - 1}`,
    "aria-label": `Step of ${name}` });
  const output = make("output", {});
  const choose = () => {
    const chosen = Number(input.value);
    const every = chosen === parts.length;
    parts.forEach((part, place) => part.classList.toggle("past", !every && place !== chosen));
    output.value = every ? "all steps" : `step ${steps[chosen].toLocaleString("en")}`;
    input.setAttribute("aria-valuetext", output.value);
  };
  const follow = () => {
    const place = parts.findIndex((part) => part.matches(":target"));
    if (place >= 0) input.value = `${place}`;
    choose();
  };
  input.value = input.max;
  input.addEventListener("input", choose);
  addEventListener("hashchange", follow);
  host.append(make("div", { class: "slide" }, input, output));
  follow();
}

/** Pictures at the size of the window; arrow keys go from one to the next. */
function addLightbox() {
  const pictures = /** @type {HTMLImageElement[]} */ (all("img.picture"));
  if (!pictures.length) return;
  const title = make("span", {});
  const shown = make("img", { alt: "" });
  const dialog = make("dialog", { "aria-label": "Picture" },
    make("p", {}, title, button("Close", () => dialog.close())), shown);
  document.body.append(dialog);
  let place = 0;
  const open = (/** @type {number} */ next) => {
    place = (next + pictures.length) % pictures.length;
    const from = pictures[place];
    shown.src = from.src;
    shown.alt = from.alt;
    const scale = Math.min((innerWidth * 0.85) / from.naturalWidth,
      (innerHeight * 0.75) / from.naturalHeight, 16);
    shown.width = from.naturalWidth * (scale < 1 ? scale : Math.floor(scale));
    shown.classList.toggle("pixels", scale >= 2);
    title.textContent = titled(from.closest("figure"));
  };
  pictures.forEach((one, index) => {
    const opener = make("button", { type: "button", class: "enlarge",
      "aria-label": `Enlarge: ${one.alt}` });
    one.before(opener);
    opener.append(one);
    opener.addEventListener("click", () => {
      open(index);
      dialog.showModal();
    });
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") open(place - 1);
    if (event.key === "ArrowRight") open(place + 1);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

/** The theme, from one report to the next where the browser lets a page remember. */
function rememberTheme() {
  const key = "reportgen-theme";
  try {
    const chosen = document.getElementById(`theme-${localStorage.getItem(key)}`);
    if (chosen instanceof HTMLInputElement) chosen.checked = true;
    document.querySelector(".theme")?.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) localStorage.setItem(key, event.target.value);
    });
  } catch {
    // A sandboxed page has no storage; the switch works all the same.
  }
}

/** Marks the section in view in the contents, and opens them where a style sheet cannot. */
function followContents() {
  const links = new Map(all(".contents a").map((link) => [link.getAttribute("href"), link]));
  const reading = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(`#${target.id}`)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80%" });
  for (const section of all("section, header")) reading.observe(section);
  const fold = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".fold"));
  if (!fold) return;
  const wide = matchMedia("(min-width: 901px)");
  if (wide.matches && !CSS.supports("selector(::details-content)")) fold.open = true;
  fold.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    if (link && !wide.matches) fold.open = false;
  });
}

addSwitches();
addSmoothing();
addSearch();
all("table.sortable").forEach(addSorting);
for (const series of all(".series")) {
  const figures = all("figure", series);
  series.classList.add("stepped");
  addStepper(series, figures, figures.map((one) => Number(one.dataset.step)),
    `${series.dataset.name}`);
}
addLightbox();
rememberTheme();
followContents();
export {};
