/** The runs that a part of the page is about. @param {HTMLElement} part */
const runsOf = (part) => (part.dataset.runs ?? "").trim().split(" ").map(Number);

/** Whether all runs that a part is about are off. @param {HTMLElement} part */
const isOff = (part) => runsOf(part).every((run) => off.has(run));

/** What stands for some runs alone, beside the charts. */
function showRuns() {
  for (const one of all("[data-runs]")) {
    one.classList.toggle("off", isOff(one));
  }
  for (const [id, { box, lines, best }] of Object.entries(data.figures)) {
    if (box) continue;
    const figure = document.getElementById(id);
    if (figure) for (const [group, , , hidden] of textsOf(figure)) show(group, !hidden);
    lines?.forEach((line, index) => {
      showLine(id, index, !off.has(line.r));
      if (index === best?.[0]) show(part(id, "best"), !off.has(line.r));
    });
  }
  refresh();
}

/** The legend: a switch a run or group, and one that leaves it alone. */
function addSwitches() {
  const items = all(".legend li");
  if (items.length < 2) return;
  for (const item of items) {
    const runs = runsOf(item);
    const made = button("", () => {
      const back = isOff(item);
      for (const run of runs) if (!back || !off.delete(run)) off.add(run);
      update();
    }, { "aria-pressed": "true" });
    made.append(...[...item.childNodes].filter((child) => child.nodeName !== "SMALL"));
    const only = button("only", () => {
      const alone = !isOff(item) && off.size === data.runs.length - runs.length;
      off.clear();
      data.runs.forEach((_, other) => alone || runs.includes(other) || off.add(other));
      update();
    }, { class: "only", "aria-label": `Only ${made.textContent?.trim()}` });
    item.prepend(made);
    item.append(only);
    lifts(item, runs[0]);
  }
  for (const row of all("tr[data-runs]")) lifts(row, runsOf(row)[0]);
  const reflect = () => {
    for (const item of items) item.firstElementChild?.setAttribute("aria-pressed", `${!isOff(item)}`);
    showRuns();
  };
  const update = () => {
    keepState();
    reflect();
  };
  restore.push(() => {
    for (const run of numbersOf(state.get("off"))) off.add(run);
    if (off.size) reflect();
  });
  // A link to what is only of runs that are off switches these on; the address stays the link's.
  addEventListener("hashchange", () => {
    const target = document.querySelector(":target");
    const hidden = target?.closest(".off");
    if (!(hidden instanceof HTMLElement)) return;
    for (const run of runsOf(hidden)) off.delete(run);
    reflect();
    target?.scrollIntoView();
  });
}
