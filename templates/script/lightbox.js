/** Pictures at the size of the window; arrow keys go from one to the next. */
function addLightbox() {
  const pictures = /** @type {HTMLImageElement[]} */ (all("img.picture"));
  if (!pictures.length) return;
  const title = make("span", {});
  const shown = make("img", { alt: "" });
  const dialog = make("dialog", { "aria-label": "Picture" },
    make("p", {}, title, button("Close", () => dialog.close())), shown);
  document.body.append(dialog);
  let place = 0;
  const open = (/** @type {number} */ next) => {
    place = (next + pictures.length) % pictures.length;
    const from = pictures[place];
    shown.src = from.src;
    shown.alt = from.alt;
    const scale = Math.min((innerWidth * 0.85) / from.naturalWidth,
      (innerHeight * 0.75) / from.naturalHeight, 16);
    shown.width = from.naturalWidth * (scale < 1 ? scale : Math.floor(scale));
    shown.classList.toggle("pixels", scale >= 2);
    title.textContent = titled(from.closest("figure"));
  };
  pictures.forEach((one, index) => {
    const opener = make("button", { type: "button", class: "enlarge",
      "aria-label": `Enlarge: ${one.alt}` });
    one.before(opener);
    opener.append(one);
    opener.addEventListener("click", () => {
      open(index);
      dialog.showModal();
    });
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") open(place - 1);
    if (event.key === "ArrowRight") open(place + 1);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
