/** The run that is lifted everywhere; null for none. @type {number | null} */
let lifted = null;

/** Lifts a run above the others in every chart, table and the legend. @param {number | null} run */
function lift(run) {
  if (run === lifted) return;
  lifted = run;
  for (const one of all(".legend li, tr[data-runs]")) {
    one.classList.toggle("lit", run !== null && runsOf(one).includes(run));
  }
  inView.forEach(dim);
}

/** Draws the lines of other runs than the lifted one light. @param {Element} figure */
function dim(figure) {
  data.figures[figure.id]?.lines?.forEach(({ r }, place) => {
    for (const kind of ["line", "raw", "bad", "over", "under", "label"]) {
      part(figure.id, `${kind}-${place + 1}`)?.classList.toggle("dim", lifted !== null && r !== lifted);
    }
  });
}

/** Makes a part of the page lift a run while it is pointed at. @param {Element} part @param {number} run */
function lifts(part, run) {
  for (const name of ["mouseenter", "focusin"]) part.addEventListener(name, () => lift(run));
  for (const name of ["mouseleave", "focusout"]) part.addEventListener(name, () => lift(null));
}
