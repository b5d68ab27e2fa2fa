/**
 * A slider that leaves of each group of parts the one of a step, or the last one before it; at its
 * end, where it starts, all parts are there.
 * @param {Element} host what it stands at the end of
 * @param {{part: Element, step: number}[][]} groups @param {string} name
 */
function addStepper(host, groups, name) {
  const steps = [...new Set(groups.flat().map(({ step }) => step))].sort((a, b) => a - b);
  if (steps.length < 2) return;
  const input = make("input", { type: "range", min: "0", max: `${steps.length}`,
    "aria-label": `Step of ${name}` });
  const output = make("output", {});
  const choose = () => {
    const chosen = steps.at(Number(input.value));
    for (const group of groups) {
      const before = group.filter(({ step }) => chosen !== undefined && step <= chosen);
      const { step: left } = before.at(-1) ?? group[0];
      for (const { part, step } of group) {
        part.classList.toggle("past", chosen !== undefined && step !== left);
      }
    }
    output.value = chosen === undefined ? "all steps" : `step ${chosen.toLocaleString("en")}`;
    input.setAttribute("aria-valuetext", output.value);
  };
  // A link to what is left out brings it back.
  addEventListener("hashchange", () => {
    const found = groups.flat().find(({ part }) => part.matches(".past:target"));
    if (!found) return;
    input.value = `${steps.indexOf(found.step)}`;
    choose();
    found.part.scrollIntoView();
  });
  input.value = input.max;
  input.addEventListener("input", choose);
  host.append(make("div", { class: "slide" }, input, output));
  choose();
}

/** One slider for the pictures of all runs under one name. @param {HTMLElement} series */
function addPictureStepper(series) {
  const groups = all(".strip", series).map((strip) => all("figure", strip).map((part) =>
    ({ part, step: Number(part.dataset.step) })));
  const host = make("div", {});
  series.querySelector(".strips")?.before(host);
  addStepper(host, groups, `${series.dataset.name}`);
}

/** One for the ridges of a figure. @param {HTMLElement} figure @param {FigureData} from */
function addRidgeStepper(figure, from) {
  const ridges = all("[id*='--ridge-']", figure);
  const steps = /** @type {number[]} */ (from.table?.step ?? []);
  const [plot] = all(".plot", figure);
  const group = ridges.map((part, place) => ({ part, step: steps[place] }));
  if (ridges.length === steps.length) addStepper(plot, [group], titled(figure));
}

/** One slider for the texts of all runs in a section, at whose end it starts. @param {HTMLElement} section */
function addTextStepper(section) {
  const columns = all(".column", section).map((column) => {
    const [fold] = all(".earlier", column);
    const samples = all(".sample", column);
    fold?.replaceWith(...samples.slice(0, -1));
    return samples.map((part) => ({ part, step: Number(part.dataset.step) }));
  });
  const steps = [...new Set(columns.flat().map(({ step }) => step))].sort((a, b) => a - b);
  if (steps.length < 2) return;
  section.classList.add("stepped");
  const input = make("input", { type: "range", min: "0", max: `${steps.length - 1}`,
    autocomplete: "off", "aria-label": "Step of the texts" });
  const output = make("output", {});
  const choose = () => {
    const chosen = steps[Number(input.value)];
    for (const samples of columns) {
      const shown = samples.filter(({ step }) => step <= chosen).at(-1) ?? samples[0];
      for (const { part } of samples) part.classList.toggle("past", part !== shown.part);
      const [told] = all(".of small", shown.part.parentElement ?? section);
      if (told) told.textContent = `step ${shown.step.toLocaleString("en")}`;
    }
    output.value = `step ${chosen.toLocaleString("en")}`;
    input.setAttribute("aria-valuetext", output.value);
  };
  input.value = input.max;
  input.addEventListener("input", choose);
  all(".texts", section)[0].before(make("div", { class: "wide step-slide" }, "Step", input, output));
  choose();
}
