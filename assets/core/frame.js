// What an address says of the frame that shows the page: Streamlit reads it, and no link of ours
// tells it to others.

const NAMES = ["embed", "embed_options"];

/**
 * Return the parameters of the page's address, those of a frame or the others.
 *
 * @param {boolean} ofFrame
 */
function parameters(ofFrame) {
  const all = [...new URLSearchParams(location.search)];
  return new URLSearchParams(all.filter(([name]) => NAMES.includes(name) === ofFrame)).toString();
}

/**
 * Return what follows the path in the address of a page in this frame.
 *
 * @param {string} query
 */
export function framed(query) {
  const all = [query, parameters(true)].filter(Boolean).join("&");
  return all && `?${all}`;
}

/** Return the same of this page, for others. */
export function unframed() {
  const query = parameters(true) ? parameters(false) : location.search.slice(1);
  return query && `?${query}`;
}
