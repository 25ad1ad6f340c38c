// Measures in the page, from the reader's own event to the frame in which the answer is painted.

const PATIENCE_MS = 10_000;

/**
 * @typedef {{ x?: unknown, y?: unknown, z?: number[][], text?: unknown }} FigureTrace
 * @typedef {HTMLElement & {
 *   data: FigureTrace[],
 *   once(event: string, act: (value: unknown) => void): void,
 * }} PlotlyFigure
 */

(() => {
  /** @type {Element | null} */
  let kept = null;

  /**
   * Return the first match in the document or in any open shadow root below it.
   *
   * @param {string} selector
   * @param {ParentNode} root
   * @returns {Element | null}
   */
  function find(selector, root = document) {
    const here = root.querySelector(selector);
    if (here) return here;
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      const inner = shadowRoot && find(selector, shadowRoot);
      if (inner) return inner;
    }
    return null;
  }

  /**
   * The sheet says which event it has answered; of anything else, what stands there tells.
   *
   * @param {Element | null} node
   */
  const text = (node) =>
    (node instanceof HTMLElement && node.dataset.seq) || (node?.textContent ?? null);

  /**
   * Return what reads a selector's text; it looks up anew only if the last element was replaced.
   *
   * @param {string} selector
   */
  function reader(selector) {
    /** @type {Element | null} */
    let node = null;
    return () => {
      if (!node?.isConnected) node = find(selector);
      return text(node);
    };
  }

  /**
   * @param {string} type
   * @returns {Promise<number>} when the event comes
   */
  const once = (type) =>
    new Promise((resolve) => {
      const options = { capture: true, once: true };
      addEventListener(type, () => resolve(performance.now()), options);
    });

  /** @returns {Promise<number>} */
  const frame = () => new Promise(requestAnimationFrame);

  /**
   * A frame callback runs before its frame is painted: that frame is on the screen at the next one.
   *
   * @param {() => string | null} read
   * @param {string | null} before
   */
  async function changed(read, before) {
    while ([before, null].includes(read())) await frame();
    return frame();
  }

  /**
   * A repaint, and with other numbers than before: a figure may also redraw what it had.
   *
   * @param {PlotlyFigure} figure
   */
  async function repainted(figure) {
    const before = numbers(figure);
    while (numbers(figure) === before) {
      await new Promise((resolve) => figure.once("plotly_afterplot", resolve));
    }
    return frame();
  }

  // Of a large heatmap the first rows tell: to read all of it would be a part of what is measured.
  const FEW = 4;
  /** @param {number[][] | undefined} z */
  const rows = (z) => (z && z.length > 8 * FEW ? [...z].slice(0, FEW).map((row) => [...row]) : z);
  /** @param {PlotlyFigure} figure */
  const numbers = (figure) =>
    JSON.stringify(figure.data.map(({ x, y, z, text }) => [x, y, rows(z), text]));

  /**
   * Arm before the reader's event, then await `probe.measured`: milliseconds for what is watched.
   *
   * @param {string} type
   * @param {string} selector
   * @param {string} [figureSelector]
   */
  function arm(type, selector, figureSelector) {
    const read = reader(selector);
    const before = read();
    const figure = figureSelector ? /** @type {PlotlyFigure?} */ (find(figureSelector)) : null;
    const begun = once(type);
    const waits = [changed(read, before), figure && repainted(figure)];
    const since = async (/** @type {Promise<number> | null} */ end) =>
      end ? (await end) - (await begun) : null;
    const late = new Promise((_, reject) =>
      setTimeout(() => reject(new Error(`no ${type}, or no answer at ${selector}`)), PATIENCE_MS),
    );
    probe.measured = Promise.race([Promise.all(waits.map(since)), late]);
  }

  /**
   * When an element has come to the page; of a first visit, in milliseconds since it was asked for.
   *
   * @param {string} selector
   */
  const seen = (selector) => after(() => find(selector));

  /**
   * @param {() => unknown} isThere
   */
  async function after(isThere) {
    while (!isThere()) await frame();
    return frame();
  }

  /**
   * Press a link; milliseconds until these words stand at a place, and a new sheet with them.
   *
   * @param {string} link
   * @param {string} place
   * @param {string} words
   * @param {string} [sheet]
   */
  async function leave(link, place, words, sheet) {
    const old = sheet && find(sheet);
    const begun = performance.now();
    /** @type {HTMLElement} */ (find(link)).click();
    const isNew = () => !sheet || ![old, null].includes(find(sheet));
    const isTold = () =>
      [...document.querySelectorAll(place)].some((node) => node.textContent === words);
    return (await after(() => isTold() && isNew())) - begun;
  }

  /**
   * How often an element is told that it has answered.
   *
   * @param {string} selector
   * @param {number} milliseconds
   */
  async function answers(selector, milliseconds) {
    let count = 0;
    const watch = new MutationObserver((changes) => {
      count += changes.length;
    });
    watch.observe(/** @type {Element} */ (find(selector)), { attributeFilter: ["data-seq"] });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    watch.disconnect();
    return count;
  }

  const probe = {
    /** @type {Promise<unknown> | undefined} */
    measured: undefined,
    arm,
    find,
    seen,
    leave,
    answers,
    /** @param {string} selector of a figure, to ask later whether it is still the same element */
    keep(selector) {
      kept = find(selector);
    },
    /** @param {string} selector */
    survived: (selector) => find(selector) === kept,
  };
  Object.assign(window, { probe });
})();
