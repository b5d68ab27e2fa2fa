/** Search over the figures' tags, their sections, and runs. */
function addSearch() {
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector(".search"));
  const [found] = all(".found");
  const [contents] = all(".contents");
  const [told] = all(".found-count");
  if (!input) return;
  const entries = all("figure[id], tr[id]").map((figure) => {
    const section = figure.closest("section")?.querySelector("h2")?.textContent ?? "";
    const title = titled(figure);
    const runs = data.figures[figure.id]?.lines?.map((line) => data.runs[line.r])
      ?? [figure.closest("tr")?.textContent]; // a row has words in place of its lines
    return { id: figure.id, title, section,
      text: [title, section, ...new Set(runs)].join(" ").toLowerCase() };
  });
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (/** @type {string} */ text) => words.every((word) => text.includes(word));
    const hits = words.length ? entries.filter((one) => fits(one.text)) : [];
    contents.hidden = words.length > 0;
    found.hidden = !hits.length;
    found.replaceChildren(...hits.slice(0, 100).map((hit) => make("li", {},
      make("a", { href: `#${hit.id}` }, make("bdi", {}, hit.title), make("small", {}, ` ${hit.section}`)))));
    told.textContent = words.length ? `${hits.length} of ${entries.length} figures`
      + (hits.length > 100 ? ", the first 100:" : "") : "";
    const runs = all(".legend li");
    const named = data.runs.map((name) => fits(name.toLowerCase()));
    runs.forEach((item, run) => { item.hidden = named.includes(true) && !named[run]; });
  };
  input.hidden = false;
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") found.querySelector("a")?.click();
  });
}
