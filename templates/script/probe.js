/** The part of a chart that is pointed at, and that keys move. */
class Probe {
  /** @param {Chart} chart */
  constructor(chart) {
    this.chart = chart;
    /** The step of this chart that was read last. @type {number | null} */
    this.last = null;
    /** Fingers on the chart: where in the SVG each is. @type {Map<number, number[]>} */
    this.fingers = new Map();
    this.element = this.attach();
    this.listen();
  }

  attach() {
    const { figure, svg, steps, left, top, right, bottom } = this.chart;
    const made = make("div", { class: "probe", role: "slider", tabindex: "0",
      "aria-label": `Values of ${titled(figure)} by ${data.axis.toLowerCase()}`,
      "aria-describedby": "hint", "aria-valuemin": `${steps[0]}`,
      "aria-valuemax": `${steps.at(-1)}`, "aria-valuenow": `${steps[0]}` });
    const { width, height } = svg.viewBox.baseVal;
    made.style.inset = [top / height, 1 - right / width, 1 - bottom / height, left / width]
      .map((side) => `${100 * side}%`).join(" ");
    svg.closest(".plot")?.append(made);
    return made;
  }

  /** Where in the SVG a pointer is. @param {PointerEvent} event */
  place(event) {
    const { left, top, right, bottom } = this.chart;
    const box = this.element.getBoundingClientRect();
    const x = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    const y = Math.max(0, Math.min(1, (event.clientY - box.top) / box.height));
    return [left + x * (right - left), top + y * (bottom - top)];
  }

  listen() {
    const { chart, element, fingers } = this;
    /** Where a drag of the mouse began. @type {number[] | null} */
    let from = null;
    /** What two fingers hold: places on the axis, by finger. @type {Map<number, number>} */
    let held = new Map();
    const move = (/** @type {PointerEvent} */ event) => {
      const [x, y] = this.place(event);
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, [x, y]);
      if (held.size) this.pinch(held);
      else {
        if (from) this.band(from, [x, y]);
        this.point(chart.at(x, y)[0], event);
      }
    };
    const leave = (/** @type {PointerEvent} */ event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) held = new Map(); // the last finger of two reads nothing
    };
    element.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      if (event.pointerType === "touch") {
        fingers.set(event.pointerId, this.place(event));
        if (fingers.size === 2) {
          const [to] = SCALES[scaleX];
          held = new Map([...fingers].map(([id, [x, y]]) => [id, to(chart.at(x, y)[0])]));
          moveCursor(null);
        } else if (fingers.size === 1) move(event);
      } else from = this.place(event);
      element.setPointerCapture(event.pointerId);
    });
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", (event) => {
      if (from) this.select(from, this.place(event));
      from = null;
      leave(event);
    });
    element.addEventListener("pointercancel", (event) => {
      this.band((from = null));
      leave(event);
    });
    element.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") moveCursor(null); // a finger leaves for the eye to read
      lift();
    });
    element.addEventListener("blur", () => moveCursor(null));
    element.addEventListener("dblclick", () => chart.zoomTo(null));
    element.addEventListener("keydown", (event) => this.key(event));
  }

  /** What two fingers hold stays under them. @param {Map<number, number>} held */
  pinch(held) {
    const { chart, fingers } = this;
    if (fingers.size < 2) return;
    const [to, from] = SCALES[scaleX];
    const [[a, [first]], [b, [second]]] = [...fingers];
    const [low, high] = [held.get(a) ?? 0, held.get(b) ?? 0];
    const size = chart.right - chart.left;
    const width = (high - low) / (second - first) * size;
    if (!(width > 0) || !Number.isFinite(width)) return;
    const start = low - (first - chart.left) / size * width;
    const whole = chart.fit().x.map(to);
    const span = [Math.max(start, whole[0]), Math.min(start + width, whole[1])];
    if (span[0] <= whole[0] && span[1] >= whole[1]) chart.zoomTo(null);
    else if (span[0] < span[1]) chart.zoomTo(chart.fit(span.map(from)));
  }

  /** Half or double the span of steps, about the one that was read last. @param {number} by */
  zoom(by) {
    const { chart } = this;
    const [to, from] = SCALES[scaleX];
    const [low, high] = chart.view.x.map(to);
    const whole = chart.fit().x.map(to);
    const read = cursor ?? this.last;
    const at = read === null || !inside(read, chart.view.x) ? (low + high) / 2 : to(read);
    const span = [at - (at - low) * by, at + (high - at) * by];
    if (span[1] - span[0] >= (whole[1] - whole[0]) * 0.999) chart.zoomTo(null);
    else {
      const over = Math.max(0, whole[0] - span[0]) - Math.max(0, span[1] - whole[1]);
      chart.zoomTo(chart.fit(span.map((one) => from(one + over))));
    }
  }

  /**
   * The rectangle that is being drawn; none without places. @param {number[] | null} [from]
   * @param {number[]} [to]
   */
  band(from, to) {
    this.chart.svg.querySelector(".band")?.remove();
    if (!from || !to) return;
    const [x, y] = this.dragged(from, to);
    this.chart.svg.append(draw("rect", { class: "band", x: x[0], y: y[0],
      width: x[1] - x[0], height: y[1] - y[0] }));
  }

  /**
   * What a drag means: a mostly straight one takes the whole of the other axis.
   * @param {number[]} from @param {number[]} to
   */
  dragged(from, to) {
    const x = [from[0], to[0]].sort((a, b) => a - b);
    const y = [from[1], to[1]].sort((a, b) => a - b);
    if (y[1] - y[0] < 16) y.splice(0, 2, this.chart.top, this.chart.bottom);
    else if (x[1] - x[0] < 16) x.splice(0, 2, this.chart.left, this.chart.right);
    return [x, y];
  }

  /** @param {number[]} from @param {number[]} to */
  select(from, to) {
    this.band();
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) < 6) return;
    const [x, y] = this.dragged(from, to);
    const [low, high] = [this.chart.at(x[0], y[1]), this.chart.at(x[1], y[0])];
    const across = [low[0], high[0]];
    const whole = y[0] === this.chart.top && y[1] === this.chart.bottom;
    this.chart.zoomTo(whole ? this.chart.fit(across) : { x: across, y: [low[1], high[1]] });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const steps = this.chart.steps;
    if (!steps.length || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = cursor === null ? -1 : nearest(steps, cursor);
    const far = Math.max(1, Math.round(steps.length / 10));
    const last = steps.length - 1;
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: now - 1, ArrowRight: now + 1, ArrowDown: now - 1, ArrowUp: now + 1,
      PageDown: now - far, PageUp: now + far, Home: 0, End: last };
    if (event.key in moves) this.point(steps[Math.max(0, Math.min(last, moves[event.key]))]);
    else if (event.key === "+" || event.key === "=") this.zoom(0.5);
    else if (event.key === "-" && this.chart.zoom) this.zoom(2);
    else if (event.key === "0" || event.key === "Escape") this.chart.zoomTo(null);
    else if (event.key.toLowerCase() === "l" && this.chart.positive) this.chart.toggleLog();
    else return;
    event.preventDefault();
  }

  /** The run of the line that is nearest to a pointer, if one is near. @param {PointerEvent} event */
  near(event) {
    const [, y] = this.place(event);
    const far = this.chart.values.map(({ one, value }) =>
      ({ run: one.run, by: Math.abs(this.chart.py(value) - y) })).sort((a, b) => a.by - b.by);
    return far.length && far[0].by < 24 ? far[0].run : undefined;
  }

  /**
   * Points at the step that is nearest. The readout stands by a mouse; for a finger or a key it
   * stands clear of the chart.
   * @param {number} target @param {PointerEvent} [event]
   */
  point(target, event) {
    const { steps, left, right } = this.chart;
    if (!steps.length) return;
    this.last = steps[nearest(steps, target)];
    moveCursor(this.last);
    const box = this.element.getBoundingClientRect();
    const x = box.left + (this.chart.px(this.last) - left) / (right - left) * box.width;
    if (event) lift(this.near(event));
    const told = readOut(this.chart);
    const figure = this.chart.figure.getBoundingClientRect();
    if (event?.pointerType === "mouse") standBy(event.clientX, event.clientY, figure);
    else standClear(x, box);
    dressed(this.element, { "aria-valuenow": this.last, "aria-valuetext": told });
  }
}
