/** The slider that smooths every curve of the page. */
function addSmoothing() {
  const curves = Object.values(data.figures).filter((one) => one.box && one.lines?.length);
  const [box] = all(".smoothing");
  const input = box?.querySelector("input");
  const output = box?.querySelector("output");
  if (!curves.length || !input || !output) return;
  const start = curves.every((one) => one.w === curves[0].w) ? curves[0].w : null;
  input.value = `${start ?? 0}`;
  const reset = button("Reset", () => {
    set(null);
    input.focus(); // the button goes
  }, { hidden: "" });
  const set = (/** @type {number | null} */ value) => {
    weight = value === start ? null : value;
    if (weight === null) input.value = `${start ?? 0}`;
    const shown = weight ?? start;
    output.value = shown === null ? "as drawn" : shown.toFixed(2);
    reset.hidden = weight === null;
    refresh();
    keepState();
  };
  restore.push(() => {
    const kept = state.get("smooth");
    if (!kept) return;
    input.value = kept;
    set(Number(input.value));
  });
  box.querySelector(".label")?.append(reset);
  input.addEventListener("input", () => set(Number(input.value)));
  set(null);
  for (const hidden of all(".smoothing, .hint")) hidden.hidden = false;
}
