// What every component brings to the page, once, whichever comes first: the styles of all, and a
// correction of what a server says that has just been started.

import "./drawer.js";

const address = new URL("../styles.css", import.meta.url).href;

if (!document.querySelector(`link[href="${address}"]`)) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
}

const NOT_FOUND = "page that you have requested does not seem to exist";

// To the first visitor of all, Streamlit reports every page but the first as not found, because it
// has not yet run app.py and read the table of pages; then it shows the page. If the menu marks the
// page of this address as the current one, it was found, and the report is closed.
function closeFalseAlarm() {
  const current = document.querySelector('nav.menu a[aria-current="page"]');
  const dialogs = [...document.querySelectorAll('[role="dialog"]')];
  const report = dialogs.find((dialog) => dialog.textContent?.includes(NOT_FOUND));
  if (!report || !(current instanceof HTMLAnchorElement)) return;
  if (new URL(current.href).pathname === location.pathname) report.querySelector("button")?.click();
}

for (const wait of [0, 300, 1000, 3000]) setTimeout(closeFalseAlarm, wait);
