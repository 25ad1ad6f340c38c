// Small helpers for building elements. Text goes in as text, never as HTML.

export function element(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (value === undefined || value === null || value === "") node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

// KaTeX draws the formulas, with the styles and fonts that Streamlit's page has for the same KaTeX.
// Until it has arrived, a formula shows as its LaTeX source.
const katex = loadScript(new URL("../vendor/katex.min.js", import.meta.url)).then(() => {
  katex.ready = window.katex;
});

export function setFormula(node, latex) {
  if (node.dataset.latex === latex) return;
  node.dataset.latex = latex;
  if (katex.ready) draw(node);
  else katex.then(() => draw(node));
  if (!katex.ready) node.textContent = latex;
}

function draw(node) {
  katex.ready.render(node.dataset.latex, node, { throwOnError: false });
}

// Load a classic script once for the page.
export function loadScript(address) {
  return new Promise((resolve, reject) => {
    const node = document.createElement("script");
    node.src = address;
    node.onload = resolve;
    node.onerror = () => reject(new Error(`${address} could not be loaded.`));
    document.head.append(node);
  });
}
