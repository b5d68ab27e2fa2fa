/**
 * What a pattern matches: a regular expression, or the words where it is none; capitals do not count.
 * @param {string} pattern @returns {(text: string) => boolean}
 */
function matcher(pattern) {
  try {
    const expression = new RegExp(pattern, "i");
    const words = pattern.toLowerCase().split(/\s+/);
    return (text) => expression.test(text) || words.every((word) => text.toLowerCase().includes(word));
  } catch {
    return (text) => text.toLowerCase().includes(pattern.toLowerCase());
  }
}

/** The tags that a figure of many shows: the rows of its table or of its data. @param {Element} part */
function tagsOf(part) {
  const listed = part.querySelector(".data thead th")?.textContent === "tag";
  const cells = all(listed ? ".data td:first-child" : ":scope > .scroll tbody th", part);
  return cells.map((cell) => cell.textContent ?? "");
}

/** Search over tags, runs, parameters and texts, which leaves of the page what matches. */
function addSearch() {
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector(".search"));
  const [found] = all(".found");
  const [contents] = all(".contents");
  const [told] = all(".found-count");
  if (!input) return;
  const entries = all(".grid > *, tr[id], .scroll:not(figure *) > .sortable tbody tr").map((part) => {
    const section = part.closest("section")?.querySelector("h2")?.textContent ?? "";
    const shown = data.figures[part.id]?.lines?.map((line) => line.r)
      ?? (part.matches("figure") ? part.dataset.runs ? runsOf(part) : [] : null);
    const runs = shown?.map((run) => data.runs[run]); // other parts have words in place of lines
    const about = part.querySelector(".subtitle")?.textContent ?? "";
    const text = [titled(part), section, about, ...new Set(runs ?? [part.textContent]),
      ...tagsOf(part)].join(" ");
    return { part, section, text, id: part.id || part.querySelector("[id]")?.id || "" };
  });
  const search = () => {
    const pattern = input.value.trim();
    const fits = matcher(pattern);
    const hits = pattern ? entries.filter((one) => fits(one.text)) : [];
    const kept = new Set(hits.map((one) => one.part));
    for (const { part } of entries) {
      part.classList.toggle("unfound", pattern !== "" && !kept.has(part)
        && !hits.some((hit) => part.contains(hit.part)));
    }
    for (const part of all(".report > section")) {
      part.classList.toggle("unfound", pattern !== "" && !hits.some((hit) => part.contains(hit.part)));
    }
    const links = hits.filter((hit) => hit.id);
    contents.hidden = pattern !== "";
    found.hidden = !links.length;
    found.replaceChildren(...links.slice(0, 100).map((hit) => make("li", {},
      make("a", { href: `#${hit.id}` }, make("bdi", {}, titled(hit.part) || hit.section),
        make("small", {}, ` ${hit.section}`)))));
    told.textContent = pattern ? `${hits.length} of ${entries.length} parts of the page`
      + (links.length > 100 ? ", the first 100:" : "") : "";
    const named = data.runs.map(fits);
    for (const item of all(".legend li")) {
      item.hidden = pattern !== "" && named.includes(true) && !runsOf(item).some((run) => named[run]);
    }
  };
  input.hidden = false;
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") found.querySelector("a")?.click();
    if (event.key !== "Escape" || !input.value) return;
    input.value = "";
    search();
  });
}

/** A box that leaves of the runs in the ranked table those that match. */
function addRowFilter() {
  const [host] = all(".many-rows");
  if (!host) return;
  const input = make("input", { type: "search", autocomplete: "off", class: "row-filter",
    placeholder: "Filter runs", "aria-label": "Filter the runs of the table" });
  const rows = all("tbody tr", host);
  input.addEventListener("input", () => {
    const fits = matcher(input.value.trim());
    host.classList.toggle("filtered", input.value !== "");
    for (const row of rows) row.classList.toggle("unfound", !fits(row.textContent ?? ""));
  });
  host.querySelector(".scroll")?.after(input);
}
