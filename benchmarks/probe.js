// Measures inside the page, from the reader's own event to the frame in which the answer is painted.

const PATIENCE_MS = 10_000;

window.probe = (() => {
  // The first match in the document or in any open shadow root below it.
  function find(selector, root = document) {
    const here = root.querySelector(selector);
    if (here) return here;
    for (const node of root.querySelectorAll("*")) {
      const inner = node.shadowRoot && find(selector, node.shadowRoot);
      if (inner) return inner;
    }
    return null;
  }

  const text = (node) => (node?.matches("input") ? node.value : (node?.textContent ?? null));

  // Returns what is shown at a selector; looks it up anew only if the last one was replaced.
  function reader(selector) {
    let node = null;
    return () => text((node = node?.isConnected ? node : find(selector)));
  }

  const once = (type) =>
    new Promise((resolve) =>
      addEventListener(type, () => resolve(performance.now()), { capture: true, once: true }),
    );
  const frame = () => new Promise(requestAnimationFrame);

  // A frame callback runs before its frame is painted: that frame is on the screen at the next one.
  async function changed(read, before) {
    while ([before, null].includes(read())) await frame();
    return frame();
  }

  // A repaint, and with other numbers than before: a figure may also redraw what it had.
  async function repainted(figure) {
    const before = numbers(figure);
    while (numbers(figure) === before) {
      await new Promise((resolve) => figure.once("plotly_afterplot", resolve));
    }
    return frame();
  }

  // Of a large heatmap the first rows tell: to read all of it would be a part of what is measured.
  const FEW = 4;
  const rows = (z) => (z?.length > 8 * FEW ? [...z].slice(0, FEW).map((row) => [...row]) : z);
  const numbers = (figure) =>
    JSON.stringify(figure.data.map(({ x, y, z, text }) => [x, y, rows(z), text]));

  // Arm before the reader's event, then await `probe.measured`: milliseconds for each thing watched.
  function arm(type, selector, figureSelector) {
    const read = reader(selector);
    const before = read();
    const figure = figureSelector && find(figureSelector);
    const begun = once(type);
    const waits = [changed(read, before), figure && repainted(figure)];
    const since = async (end) => (end ? (await end) - (await begun) : null);
    const late = new Promise((_, reject) =>
      setTimeout(() => reject(new Error(`no ${type}, or no answer at ${selector}`)), PATIENCE_MS),
    );
    probe.measured = Promise.race([Promise.all(waits.map(since)), late]);
  }

  // Remember a figure, to ask later whether it is still the same element.
  function keep(selector) {
    probe.kept = find(selector);
  }

  return { arm, find, keep, survived: (selector) => find(selector) === probe.kept };
})();
