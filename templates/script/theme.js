/** The theme, from one report to the next where the browser lets a page remember. */
function rememberTheme() {
  const key = "reportgen-theme";
  try {
    const chosen = document.getElementById(`theme-${localStorage.getItem(key)}`);
    if (chosen instanceof HTMLInputElement) chosen.checked = true;
    restore.push(() => {
      const kept = document.getElementById(`theme-${state.get("theme")}`);
      if (kept instanceof HTMLInputElement) kept.checked = true;
    });
    document.querySelector(".theme")?.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) localStorage.setItem(key, event.target.value);
    });
  } catch {
    // A sandboxed page has no storage; the switch works all the same.
  }
}
