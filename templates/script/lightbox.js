/**
 * Pictures at the size of the window. Left and right go to the one before and the next, up and down
 * to the same step of another run.
 */
function addLightbox() {
  const pictures = /** @type {HTMLImageElement[]} */ (all("img.picture"));
  if (!pictures.length) return;
  const title = make("span", { role: "status" });
  const shown = make("img", { alt: "" });
  const leaf = (/** @type {number} */ by) =>
    open((place + by + pictures.length) % pictures.length);
  const dialog = make("dialog", { "aria-label": "Picture" },
    make("p", {}, title, button("Previous", () => leaf(-1)), button("Next", () => leaf(1)),
      button("Close", () => dialog.close(), { autofocus: "" })), shown);
  document.body.append(dialog);
  let place = 0;
  const open = (/** @type {number} */ next) => {
    place = next;
    const from = pictures[place];
    shown.src = from.dataset.film ?? from.src;
    shown.alt = from.alt;
    const scale = Math.min((innerWidth * 0.85) / from.naturalWidth,
      (innerHeight * 0.75) / from.naturalHeight, 16);
    shown.width = from.naturalWidth * (scale < 1 ? scale : Math.floor(scale));
    shown.classList.toggle("pixels", scale >= 2);
    title.textContent = titled(from.closest("figure"));
  };
  /** The picture of the same step in the run before or after. @param {number} by */
  const beside = (by) => {
    const { step } = pictures[place].closest("figure")?.dataset ?? {};
    const strip = pictures[place].closest(".strip");
    const other = by < 0 ? strip?.previousElementSibling : strip?.nextElementSibling;
    const found = other?.querySelector(`[data-step="${step}"] img`) ?? other?.querySelector("img");
    if (found instanceof HTMLImageElement) open(pictures.indexOf(found));
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
    if (event.key === "ArrowLeft") leaf(-1);
    else if (event.key === "ArrowRight") leaf(1);
    else if (event.key === "ArrowUp") beside(-1);
    else if (event.key === "ArrowDown") beside(1);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

/** Films stand still for who asks for little motion, and play when they are enlarged. */
function stillFilms() {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const film of all('img[src^="data:image/gif"]')) {
    if (film instanceof HTMLImageElement) film.decode().then(() => {
      const { naturalWidth: width, naturalHeight: height } = film;
      const canvas = make("canvas", { width: `${width}`, height: `${height}` });
      canvas.getContext("2d")?.drawImage(film, 0, 0);
      film.dataset.film = film.src;
      film.src = canvas.toDataURL();
    }, () => {}); // what is no picture does not move
  }
}
