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
    /** Whether lines differ in more than their run. */
    this.split = new Set(from.lines?.map((line) => line.n)).size > 1;
    this.series = (from.lines ?? []).map((line, place) => this.read(line, place));
    this.first = { x: from.x, y: from.y };
    this.view = this.first;
    /** Steps that can be pointed at. @type {number[]} */
    this.steps = [];
    this.index();
    this.original = this.svg.cloneNode(true);
    this.probe = new Probe(this);
    this.stale = weight !== null || off.size > 0;
  }

  /** @param {string} name */
  part(name) {
    return part(this.figure.id, name);
  }

  /** @param {Line} line @param {number} place */
  read(line, place) {
    const { s, v, c, q } = line;
    let step = 0;
    const even = s.length === 2 && (c || v.length > 2);
    const gap = (/** @type {number} */ at) => even && at ? s[1] * (c?.[at] ?? 1) : s[at];
    const logged = v.map((_, at) => (step += gap(at)));
    const path = this.part(`line-${place + 1}`)?.querySelector("path");
    return {
      run: line.r, quiet: q, tag: line.t ?? "", place,
      name: [data.runs[line.r], ...(this.split ? [line.n] : [])].filter(Boolean).join(", "),
      color: path?.getAttribute("stroke") ?? "#000000", logged, steps: line.x ?? logged, raw: v,
      own: line.m, counts: c, means: line.a, points: line.p, bad: line.b ?? [],
      drawn: line.m ?? smooth(v, this.from.w ?? 0),
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
    const x = within ?? padded(ends(steps), 0, scaleX);
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
    const own = this.from.w;
    for (const one of this.series) {
      one.drawn = weight === null || weight === own ? one.own ?? smooth(one.raw, own ?? 0)
        : smoothed(one, weight, own);
    }
    this.view = this.zoom ?? this.fit();
    this.index();
    if (!this.pristine) this.redraw();
    this.tell();
    dim(this.figure);
    showCursor(this);
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
      const bar = this.part(`bad-${one.place + 1}`);
      const [y] = bar?.querySelector("path")?.getAttribute("d")?.match(/(?<=^M[\d.]+ ?)[\d.]+/) ?? [];
      const bad = one.bad.filter((step) => inside(step, this.view.x));
      this.trace(bar, bad.map((step) => `M${this.px(step).toFixed(1)} ${y}h.1`).join(""));
    }
    this.placeBest();
    this.placeTexts();
    drawAxes(this);
  }

  /** Labels at the ends of lines follow them; marks and notes go where the axes are others. */
  placeTexts() {
    const moved = this.view !== this.first;
    for (const [group, kind, number, hidden] of textsOf(this.figure)) {
      const one = kind === "label" || kind === "value" ? this.series[Number(number) - 1] : null;
      const end = one?.drawn.at(-1) ?? 0;
      const follows = one && this.view.x[1] === this.first.x[1] && inside(end, this.view.y);
      show(group, !hidden && Boolean(!moved || follows));
      if (!moved || !follows) continue;
      const up = this.py(end) - this.py(end, this.first, this.from.log);
      group.setAttribute("transform", `translate(0 ${up})`);
    }
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
    group.append(alike(line.querySelector("path"), { "stroke-opacity": 0.42, "stroke-width": 0.9,
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
    const [path, ...marks] = group?.querySelectorAll("path") ?? [];
    for (const mark of marks) show(mark, false); // of the points as they were
    if (path) dressed(path, { d, "clip-path": `url(#${this.figure.id}--plot)` });
  }

  /** Says in the caption what the picture no longer shares with it. */
  tell() {
    const caption = this.figure.querySelector("figcaption");
    const told = caption?.querySelector(".now") ?? make("span", { class: "now" });
    caption?.append(told);
    const alone = this.series.find((one) => one.points);
    const between = alone ? ` over ${alone.raw.length} of ${alone.points?.toLocaleString("en")} points`
      : this.series.some((one) => one.counts) ? ", from the points drawn and means of the others" : "";
    told.textContent = (weight === null ? "" : ` Now smoothed ${weight.toFixed(2)}${between}.`)
      + (this.log === this.from.log ? ""
        : ` Now on a ${this.log ? "logarithmic" : "linear"} scale.`);
    this.figure.querySelector(".reset")?.toggleAttribute("hidden", !this.zoom);
  }

  /** @param {View | null} view */
  zoomTo(view) {
    this.zoom = view;
    this.draw();
    keepState();
  }

  toggleLog() {
    this.log = !this.log;
    this.zoom = null;
    this.figure.querySelector(".log")?.setAttribute("aria-pressed", `${this.log}`);
    this.draw();
    keepState();
  }

  /** Whether a logarithmic axis would show anything. */
  get positive() {
    return this.series.some((one) => one.raw.some((value) => value > 0));
  }

  /** Whether not all that was logged is drawn. */
  get thinned() {
    return this.series.some((one) => one.counts || one.points);
  }

  /** What each line that is shown holds at the page's cursor, highest first. */
  get values() {
    const step = cursor ?? 0;
    return this.shown.flatMap((one) => {
      if (one.quiet || !one.steps.length) return [];
      const place = nearest(one.steps, step);
      const at = one.steps[place];
      const next = one.steps[place + 1] ?? one.steps[place - 1] ?? step;
      const far = Math.abs(at - step) > Math.abs(at - next);
      return far ? [] : [{ one, place, value: one.drawn[place] }];
    }).sort((a, b) => b.value - a.value);
  }

  /** The drawn points as the table behind the figure has them. */
  get table() {
    const points = this.series.flatMap((one) => one.logged.map((step, place) => [data.runs[one.run],
      one.tag, step, one.raw[place], Number(one.drawn[place].toPrecision(6))]));
    return Object.fromEntries(["run", "tag", "step", "value", "smoothed"].map((name, at) =>
      [name, points.map((point) => point[at])]));
  }
}
