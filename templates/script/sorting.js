/** Headings that sort their table: up, down, and as it came. @param {HTMLElement} table */
function addSorting(table) {
  const body = table.querySelector("tbody");
  const rows = [...table.querySelectorAll("tbody tr")];
  if (!body || rows.length < 2) return;
  const heads = all("thead th", table);
  heads.forEach((head, place) => {
    if (rows.some((row) => row.children[place]?.querySelector(".spark"))) return;
    const cells = new Map(rows.map((row) => {
      const cell = /** @type {HTMLElement} */ (row.children[place]);
      return [row, cell.dataset.value ?? cell.innerText];
    }));
    const sort = () => {
      const before = head.getAttribute("aria-sort");
      for (const other of heads) other.removeAttribute("aria-sort");
      const way = { ascending: "descending", descending: "" }[before ?? ""] ?? "ascending";
      if (way) head.setAttribute("aria-sort", way);
      const sign = way === "descending" ? -1 : 1;
      body.append(...(way ? [...rows].sort((a, b) =>
        compare(cells.get(a) ?? "", cells.get(b) ?? "", sign)) : rows));
    };
    const sorter = button("", sort);
    // A browser leaves alone what is partly in view, be it under the column that stays.
    sorter.addEventListener("focus", () => {
      if (!sorter.matches(":focus-visible")) return; // a press would miss what moves
      head.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    sorter.append(...head.childNodes);
    head.append(sorter);
  });
}

/**
 * Numbers by value, others as text, nothing and NaN last whichever way. @param {string} a
 * @param {string} b @param {number} sign
 */
function compare(a, b, sign) {
  const [gone, lost] = [a, b].map((one) => one === "" || one === "nan");
  if (gone || lost) return Number(gone) - Number(lost);
  const [x, y] = [a, b].map((one) => Number(one.replace("inf", "Infinity")));
  const known = !Number.isNaN(x) && !Number.isNaN(y);
  return sign * (known ? x - y : compareTexts(a, b));
}

/** Texts by the numbers within them too: lr=0.01 before lr=0.1. @param {string} a @param {string} b */
function compareTexts(a, b) {
  const [left, right] = [a, b].map((text) => text.split(/(\d+(?:\.\d+)?(?:e[-+]\d+)?)/));
  for (let place = 0; place < Math.min(left.length, right.length); place++) {
    const [x, y] = [left[place], right[place]]; // every other one is a number
    const order = place % 2 ? Number(x) - Number(y) : x.localeCompare(y, "en");
    if (order) return order;
  }
  return left.length - right.length || a.localeCompare(b, "en");
}
