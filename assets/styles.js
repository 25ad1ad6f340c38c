// The styles of all components, put into the page once, whichever component comes first.

const address = new URL("page.css", import.meta.url).href;

if (!document.querySelector(`link[href="${address}"]`)) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
}
