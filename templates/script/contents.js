/** Marks the section in view in the contents, which stand open on a wide page and fold on a phone. */
function followContents() {
  const links = new Map(all(".contents a").map((link) => [link.getAttribute("href"), link]));
  const reading = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(`#${target.id || "summary"}`)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80%" });
  for (const section of all("section, header")) reading.observe(section);
  const fold = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".fold"));
  if (!fold) return;
  const wide = matchMedia("(min-width: 901px)");
  const fit = () => { fold.open = wide.matches; }; // open is open for every reader, not for the eye
  wide.addEventListener("change", fit);
  fit();
  fold.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    if (link && !wide.matches) fold.open = false;
  });
}
