/**
 * A slider that leaves one of several parts, each of a step. @param {HTMLElement} host
 * @param {Element[]} parts @param {number[]} steps @param {string} name
 */
function addStepper(host, parts, steps, name) {
  const input = make("input", { type: "range", min: "0", max: `${steps.length - 1}`,
    "aria-label": `Step of ${name}` });
  const output = make("output", {});
  const choose = () => {
    const chosen = Number(input.value);
    const every = chosen === parts.length;
    parts.forEach((part, place) => part.classList.toggle("past", !every && place !== chosen));
    output.value = every ? "all steps" : `step ${steps[chosen].toLocaleString("en")}`;
    input.setAttribute("aria-valuetext", output.value);
  };
  const follow = () => {
    const place = parts.findIndex((part) => part.matches(":target"));
    if (place >= 0) input.value = `${place}`;
    choose();
  };
  input.value = input.max;
  input.addEventListener("input", choose);
  addEventListener("hashchange", follow);
  host.append(make("div", { class: "slide" }, input, output));
  follow();
}
