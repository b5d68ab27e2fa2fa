/** The part of a chart that is pointed at, and that keys move. */
class Probe {
  /** @param {Chart} chart */
  constructor(chart) {
    this.chart = chart;
    this.element = this.make();
    this.listen();
  }

  make() {
    const { figure, svg, steps, left, top, right, bottom } = this.chart;
    const name = titled(figure);
    const probe = make("div", { class: "probe", role: "slider", tabindex: "0",
      "aria-label": `Values of ${name} by ${data.axis.toLowerCase()}`, "aria-describedby": "hint",
      "aria-valuemin": `${steps[0]}`, "aria-valuemax": `${steps.at(-1)}`,
      "aria-valuenow": `${steps[0]}` });
    const { width, height } = svg.viewBox.baseVal;
    probe.style.inset = [top / height, 1 - right / width, 1 - bottom / height, left / width]
      .map((side) => `${100 * side}%`).join(" ");
    svg.closest(".plot")?.append(probe);
    return probe;
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
    const { chart, element: probe } = this;
    /** @type {number[] | null} */
    let from = null;
    probe.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      if (event.pointerType === "touch") move(event);
      else from = this.place(event);
      probe.setPointerCapture(event.pointerId);
    });
    const move = (/** @type {PointerEvent} */ event) => {
      const [x, y] = this.place(event);
      if (from) this.band(from, [x, y]);
      this.point(chart.at(x, y)[0], event);
    };
    probe.addEventListener("pointermove", move);
    probe.addEventListener("pointerup", (event) => {
      if (from) this.select(from, this.place(event));
      from = null;
    });
    probe.addEventListener("pointercancel", () => this.band((from = null)));
    probe.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") moveCursor(null); // a finger leaves for the eye to read
    });
    probe.addEventListener("blur", () => moveCursor(null));
    probe.addEventListener("dblclick", () => chart.zoomTo(null));
    probe.addEventListener("keydown", (event) => this.key(event));
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
    const [left, right] = this.chart.view.x;
    const at = cursor ?? (left + right) / 2;
    const zoomed = (/** @type {number} */ by) =>
      this.chart.zoomTo(this.chart.fit([at - (at - left) * by, at + (right - at) * by]));
    if (event.key in moves) this.point(steps[Math.max(0, Math.min(last, moves[event.key]))]);
    else if (event.key === "+" || event.key === "=") zoomed(0.5);
    else if (event.key === "-" && this.chart.zoom) {
      const whole = this.chart.first.x;
      if ((right - left) * 2 >= whole[1] - whole[0]) this.chart.zoomTo(null);
      else zoomed(2);
    } else if (event.key === "0" || event.key === "Escape") this.chart.zoomTo(null);
    else if (event.key === "l" && this.chart.positive) this.chart.toggleLog();
    else return;
    event.preventDefault();
  }

  /**
   * Points at the step that is nearest; the readout stands by the pointer or by the cursor.
   * @param {number} target @param {PointerEvent} [event]
   */
  point(target, event) {
    const steps = this.chart.steps;
    if (!steps.length) return;
    moveCursor(steps[nearest(steps, target)]);
    const { left, right } = this.chart;
    const box = this.element.getBoundingClientRect();
    const x = box.left + (this.chart.px(cursor ?? 0) - left) / (right - left) * box.width;
    const told = readOut(this.chart, event?.clientX ?? x, event?.clientY ?? box.top + 8);
    dressed(this.element, { "aria-valuenow": cursor ?? 0, "aria-valuetext": told });
  }
}
