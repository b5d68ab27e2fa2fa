/** The runs that a part of the page is about. @param {HTMLElement} part */
const runsOf = (part) => (part.dataset.runs ?? "").trim().split(" ").map(Number);

/** What stands for some runs alone, beside the charts. */
function showRuns() {
  for (const one of all("[data-runs]")) {
    one.classList.toggle("off", runsOf(one).every((run) => off.has(run)));
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

/** The legend: a switch a run, and one that leaves it alone. */
function addSwitches() {
  const items = all(".legend li").sort((a, b) => runsOf(a)[0] - runsOf(b)[0]);
  if (items.length < 2) return;
  const switches = items.map((item, run) => {
    const name = item.querySelector("span")?.textContent;
    const made = button("", () => {
      if (!off.delete(run)) off.add(run);
      update();
    }, { "aria-pressed": "true" });
    made.append(...[...item.childNodes].filter((child) => child.nodeName !== "SMALL"));
    const only = button("only", () => {
      const alone = !off.has(run) && off.size === items.length - 1;
      off.clear();
      if (!alone) items.forEach((_, other) => other !== run && off.add(other));
      update();
    }, { class: "only", "aria-label": `Only ${name}` });
    item.prepend(made);
    item.append(only);
    lifts(item, run);
    return made;
  });
  for (const row of all("tr[data-runs]")) lifts(row, runsOf(row)[0]);
  const reflect = () => {
    switches.forEach((one, run) => one.setAttribute("aria-pressed", `${!off.has(run)}`));
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
