/**
 * From a value to its place along an axis, and back; "symlog" is matplotlib's, linear up to 1.
 * @typedef {"linear" | "log" | "symlog"} Scale
 * @type {Record<Scale, ((value: number) => number)[]>}
 */
const SCALES = {
  linear: [(value) => value, (place) => place],
  log: [Math.log10, (place) => 10 ** place],
  symlog: [
    (value) => Math.abs(value) <= 1 ? value / 0.9
      : Math.sign(value) * (1 / 0.9 + Math.log10(Math.abs(value))),
    (place) => Math.abs(place) <= 1 / 0.9 ? place * 0.9
      : Math.sign(place) * 10 ** (Math.abs(place) - 1 / 0.9),
  ],
};

/** @param {number} value @param {number[]} span @param {Scale} scale */
function share(value, span, scale) {
  const [at, low, high] = [value, ...span].map(SCALES[scale][0]);
  return (at - low) / (high - low);
}

/** What has this share. @param {number} part @param {number[]} span @param {Scale} scale */
function along(part, span, scale) {
  const [to, from] = SCALES[scale];
  const [low, high] = span.map(to);
  return from(low + part * (high - low));
}

/**
 * Round numbers within a span, at most so many intervals, and their texts. @param {number[]} span
 * @param {number} most @param {Scale} scale @returns {[number, string][]}
 */
function ticks([low, high], most, scale) {
  if (scale !== "linear") {
    const least = scale === "log" ? low : Math.max(low, 1);
    for (const parts of [[1], [1, 3], [1, 2, 5]]) {
      const found = scale === "log" ? [] : [0];
      for (let power = Math.floor(Math.log10(least)); power <= Math.log10(high); power++) {
        found.push(...parts.map((part) => part * 10 ** power));
      }
      const within = found.filter((one) => inside(one, [low, high]));
      const every = Math.ceil(within.length / (most + 1));
      const kept = within.filter((_, index) => index % every === 0);
      if (kept.length > 2) return kept.map((one) => [one, grouped(number(one, 3))]);
    }
  }
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const gap = power * ([1, 2, 2.5, 5].find((one) => one * power >= rough * 0.999) ?? 10);
  const places = [];
  for (let index = Math.ceil(low / gap - 1e-9); index * gap <= high + gap * 1e-9; index++) {
    places.push(index * gap);
  }
  const largest = Math.max(...places.map(Math.abs), gap);
  const unit = largest < 1e4 || largest >= 1e12 ? 0 : largest < 1e6 ? 1 : largest < 1e9 ? 2 : 3;
  const digits = Math.min(12, Math.ceil(Math.log10(largest / gap) - 1e-9) + 2);
  return places.map((one) => [one, Math.abs(one) < largest * 1e-9 ? "0"
    : grouped(number(one / 1000 ** unit, digits)) + ["", "k", "M", "G"][unit]]);
}

/**
 * A span with a margin at both ends, and some width where it has none. @param {number[]} span
 * @param {number} by @param {Scale} scale
 */
function padded([low, high], by, scale) {
  if (low < high) return [-by, 1 + by].map((part) => along(part, [low, high], scale));
  const room = Math.abs(high) * by || 0.5;
  return scale === "log" ? [low / 2, high * 2] : [low - room, high + room];
}

/** Whole thousands apart from the rest: 1,000. @param {string} text */
function grouped(text) {
  return text.replace(/^(\u2212?\d{1,3})(\d{3})$/, "$1,$2");
}
