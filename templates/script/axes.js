/** New axes of a chart in the look of the old ones, which it hides. @param {Chart} chart */
function drawAxes(chart) {
  const { left, top, right, bottom, view } = chart;
  const group = draw("g", {});
  ["x", "y"].forEach((name, index) => {
    const axis = chart.part(name);
    if (!axis) return;
    axis.before(group);
    show(axis, false);
    const paths = [...axis.querySelectorAll("path")]; // the grid, where there is one, and marks
    const [grid, mark] = paths.length > 1 ? paths : [null, paths[0]];
    const texts = [...axis.querySelectorAll("text")];
    const scale = index ? chart.scaleY : scaleX;
    for (const [value, text] of ticks(index ? view.y : view.x, index ? 6 : 8, scale)) {
      const at = (index ? chart.py(value) : chart.px(value)).toFixed(1);
      const start = index ? `M${left} ${at}` : `M${at} ${bottom}`;
      if (grid) group.append(alike(grid, { d: start + (index ? `H${right}` : `V${top}`) }));
      group.append(alike(mark, { d: start + (index ? "h-4.2" : "v4.2") }));
      const label = alike(texts[0], index ? { y: `${Number(at) + 4}` } : { x: at });
      label.textContent = text;
      group.append(label);
    }
    if (!index && texts.length) {
      group.append(alike(texts.at(-1), { x: `${(left + right) / 2}` }, true));
    }
  });
}
