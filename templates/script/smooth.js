/**
 * TensorBoard's smoothing: a mean that forgets, divided by what it has seen. A constant series is
 * left alone. @param {number[]} values @param {number} by
 */
function smooth(values, by) {
  if (by === 0 || values.every((one) => one === values[0])) return values;
  let last = 0;
  let left = 1;
  return values.map((value) => {
    last = last * by + (1 - by) * value;
    left *= by;
    return last / (1 - left);
  });
}
