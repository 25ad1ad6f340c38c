// On a phone Streamlit lays the sidebar over the page: it is closed as soon as something that the
// page shows was chosen there, a page or an example.

const OVER_THE_PAGE = matchMedia("(max-width: 768px)");
// What chooses, by the event at which it does. The lists of the sidebar drop down outside it, and
// are gone before there is a click; while the sidebar is open no other list can be reached.
const CHOICES = { click: ".stSidebar a[href]", pointerup: '[role="listbox"] [role="option"]' };

for (const [type, choice] of Object.entries(CHOICES)) {
  document.addEventListener(
    type,
    ({ target }) => {
      if (!OVER_THE_PAGE.matches || !(target instanceof Element) || !target.closest(choice)) return;
      setTimeout(closeDrawer); // Streamlit's own listeners come first
    },
    true,
  );
}

function closeDrawer() {
  const open = document.querySelector('.stSidebar[data-collapsed="false"]');
  const button = open?.querySelector('[data-testid="stSidebarCollapseButton"] button');
  /** @type {HTMLElement?} */ (button)?.click();
}
