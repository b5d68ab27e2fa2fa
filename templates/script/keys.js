/** Keys of the whole page: a slash searches, n and p go from statement to statement. */
function addKeys() {
  const said = all("[id^='statement-']");
  let place = -1;
  addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey || document.querySelector("dialog[open]")) return;
    if (target instanceof HTMLInputElement && target.type !== "checkbox") return;
    const by = { n: 1, p: -1 }[key];
    if (!by || !said.length) return;
    place = (place + by + (place < 0 && by < 0 ? 1 : 0) + said.length) % said.length;
    for (const ring of all(".ring.now")) ring.classList.remove("now");
    const item = said[place];
    item.querySelector(".ring")?.classList.add("now");
    const fold = item.closest("details");
    if (fold) fold.open = true;
    const shown = item.querySelector("a[href]")?.getAttribute("href");
    const block = shown ? document.getElementById(shown.slice(1)) : null;
    (block ?? item).scrollIntoView({ block: "center" });
    announce(`${place + 1}: ${item.querySelector("p")?.textContent}`);
  });
  addEventListener("keydown", (event) => {
    const box = document.querySelector(".search");
    if (event.key !== "/" || event.target instanceof HTMLInputElement || !(box instanceof HTMLElement)) return;
    event.preventDefault();
    const fold = box.closest("details");
    if (fold) fold.open = true;
    box.focus();
  });
}

const spoken = make("p", { class: "skip", role: "status" });
document.body.append(spoken);
/** Says to who listens what was gone to. @param {string} text */
function announce(text) {
  spoken.textContent = text;
}
