/** The runs that are lifted everywhere, of a group its own number first. @type {number[]} */
let lifted = [];

/** Lifts a run or group above the others in every chart, table and the legend. @param {number} [run] */
function lift(run) {
  if (run === lifted[0]) return;
  const parts = all(".legend li, tr[data-runs]");
  lifted = parts.map(runsOf).find(([first]) => first === run) ?? [];
  for (const one of parts) {
    one.classList.toggle("lit", runsOf(one).some((it) => lifted.includes(it)));
  }
  inView.forEach(dim);
}

/** Draws the lines of other runs than the lifted one light. @param {Element} figure */
function dim(figure) {
  data.figures[figure.id]?.lines?.forEach(({ r }, place) => {
    for (const kind of ["line", "raw", "bad", "over", "under", "label"]) {
      part(figure.id, `${kind}-${place + 1}`)?.classList.toggle("dim", lifted.length > 0 && !lifted.includes(r));
    }
  });
}

/** Makes a part of the page lift a run while it is pointed at. @param {Element} part @param {number} run */
function lifts(part, run) {
  for (const name of ["mouseenter", "focusin"]) part.addEventListener(name, () => lift(run));
  for (const name of ["mouseleave", "focusout"]) part.addEventListener(name, () => lift());
}
