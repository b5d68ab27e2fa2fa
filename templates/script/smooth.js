/**
 * TensorBoard's smoothing: a mean that forgets, divided by what it has seen. A constant series is
 * left alone.
 * @param {number[]} values @param {number} by the weight
 * @param {number[]} [counts] how many values each stands for; one without
 */
function smooth(values, by, counts) {
  if (by === 0 || values.every((one) => one === values[0])) return values;
  let last = 0;
  let left = 1;
  return values.map((value, place) => {
    const decay = by ** (counts?.[place] ?? 1);
    last = last * decay + (1 - decay) * value;
    left *= decay;
    return last / (1 - left);
  });
}

/**
 * A line smoothed anew. Where not all of its points are drawn, each that is stands for those since
 * the one before, by their mean under the weight. That is known for three weights: 0, where it is
 * the drawn value, the report's own, from the line as it came, and 1, their plain mean. Others lie
 * between these, by the share that the last of the points has in the mean.
 * @param {Series} line @param {number} by the weight @param {number | null} own the report's
 */
function smoothed({ raw, own: came, counts, means }, by, own) {
  if (!counts || !means || by === 0 || ends(raw)[0] === ends(raw)[1]) return smooth(raw, by);
  const known = own ? came ?? raw : raw;
  let last = 0;
  let left = 1;
  const values = raw.map((value, place) => {
    const count = counts[place];
    const decay = (own ?? 0) ** count;
    const now = known[place] * (1 - left * decay);
    const mean = (now - last * decay) / (1 - decay);
    last = now;
    left *= decay;
    if (count === 1) return value;
    const [at, mid] = [by, own ?? 0].map((weight) => (1 - weight) / (1 - weight ** count));
    return at > mid ? value + (mean - value) * (1 - at) / (1 - mid)
      : mean + (means[place] - mean) * (mid - at) / (mid - 1 / count);
  });
  return smooth(values, by, counts);
}
