/**
 * A number as the report writes it: so many significant digits, a true minus. @param {number} value
 * @param {number} [digits]
 */
function number(value, digits = 4) {
  const size = Math.abs(value);
  let text = `${value}`;
  if (Number.isInteger(value) && size < 1e6) return text.replace("-", "\u2212");
  if (size >= 1e-4 && size < 1e6) {
    const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
    text = value.toFixed(Math.min(decimals, 20));
    if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  } else text = value.toExponential(digits - 1).replace(/\.?0*e\+?/, "e");
  return text.replaceAll("-", "\u2212");
}

/**

/**
 * Place of the value nearest to `target` in an ascending list. @param {number[]} list
 * @param {number} target
 */
function nearest(list, target) {
  let low = 0;
  let high = list.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (list[middle] < target) low = middle;
    else high = middle;
  }
  return Math.abs(list[high] - target) < Math.abs(list[low] - target) ? high : low;
}

/** The least and the largest of values. @param {number[]} values */
function ends(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity]);
}

/** @param {number} value @param {number[]} span */
function inside(value, [low, high]) {
  const room = (high - low) * 1e-9;
  return value >= low - room && value <= high + room;
}
