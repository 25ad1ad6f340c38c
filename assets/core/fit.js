// How large something can be and still fit: sizes are tried, and the browser says what they take.

/**
 * Return the largest size at which something fits, to half a pixel; the smallest where none does.
 *
 * @param {number} low
 * @param {number} high
 * @param {(size: number) => boolean} fits tries a size
 */
export function largest(low, high, fits) {
  if (fits(high)) return high;
  let [good, bad] = [low, high];
  while (bad - good > 0.5) {
    const size = (good + bad) / 2;
    if (fits(size)) good = size;
    else bad = size;
  }
  fits(good);
  return good;
}
