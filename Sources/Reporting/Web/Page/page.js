// Which view stands in the page; what the keys do.
const views = {
  waves: wavesView, packages: packagesView, extensions: extensionsView, maintainers: maintainersView, days: daysView, graph: graphView,
};

/** The view that an address asks for; null is the overview, which is in the page already. */
function viewOf(asked) {
  if (asked.has('package')) return packageView;
  if (asked.has('extension')) return extensionView;
  if (asked.has('maintainer')) return maintainerView;
  if (asked.has('day')) return dayView;
  if (Object.hasOwn(views, asked.get('view') || '')) return views[asked.get('view')];
  return filterKeys.some(key => asked.has(key)) ? packagesView : null;
}

const overview = document.getElementById('overview');
const viewBox = document.getElementById('view');
const heading = document.getElementById('view-title');
const content = document.getElementById('view-content');
const searchField = document.getElementById('search');
const homeTitle = document.title;

/** - Parameter moves: whether the reader went to another view, whose heading then gets the focus. */
function show(moves) {
  const asked = parameters();
  const view = viewOf(asked);
  overview.hidden = view !== null;
  viewBox.hidden = view === null;
  if (document.activeElement !== searchField) searchField.value = asked.get('q') || '';
  for (const link of document.querySelectorAll('nav a')) {
    const isHere = view === null ? link.hash === '' || link.hash === '#' : views[new URLSearchParams(link.hash.slice(1)).get('view')] === view;
    if (isHere) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  }
  if (view === null) { document.title = homeTitle; content.replaceChildren(); if (moves) window.scrollTo(0, 0); return; }
  const made = view(asked);
  document.title = `${short(made.title, 80)} – ${homeTitle}`;
  heading.replaceChildren();
  append(heading, [made.heading || name(made.title)]);
  content.replaceChildren();
  append(content, made.content);
  if (!moves) return;
  const target = made.target && document.getElementById(made.target);
  if (target) target.scrollIntoView({ inline: 'start', block: 'nearest' }); else window.scrollTo(0, 0);
  if (document.activeElement !== searchField) heading.focus({ preventScroll: true });
}

/** The same view with other filters: the reader stays where they are. */
let shownBefore = viewOf(parameters());
function follow() {
  const view = viewOf(parameters());
  const stays = view === packagesView && shownBefore === packagesView;
  const focus = stays && document.activeElement ? [document.activeElement.name, document.activeElement.dataset.status, document.activeElement.closest('th') && document.activeElement.closest('th').className] : null;
  shownBefore = view;
  show(!stays);
  if (focus === null) return;
  const [field, status, column] = focus;
  const again = field ? content.querySelector(`[name="${CSS.escape(field)}"]`) : status ? content.querySelector(`[data-status="${CSS.escape(status)}"]`)
    : column ? content.querySelector(`th[class="${CSS.escape(column)}"] button`) : null;
  if (again && document.activeElement !== searchField) again.focus({ preventScroll: true });
}

window.addEventListener('hashchange', follow);

let typing = 0;
function search() {
  const asked = parameters();
  const text = searchField.value;
  const target = viewOf(asked) === packagesView ? changed(asked, 'q', text) : text === '' ? location.hash : address({ q: text });
  if (target === location.hash) return;
  // Every letter would be a step of the history else.
  history.replaceState(null, '', target);
  follow();
}
searchField.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(search, 60); });
document.getElementById('search-form').addEventListener('submit', event => {
  event.preventDefault();
  clearTimeout(typing);
  const text = searchField.value.trim();
  const exact = positions.get(text);
  if (exact !== undefined) { searchField.blur(); location.hash = address({ package: text }); return; }
  search();
});
document.addEventListener('keydown', event => {
  const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) { event.preventDefault(); searchField.focus(); searchField.select(); }
  if (event.key === 'Escape' && event.target === searchField) { searchField.value = ''; search(); searchField.blur(); }
});

// Light and dark: as the system has it, until the reader says otherwise. A browser may forbid storage to files.
const themeButton = document.getElementById('theme');
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
function isDark() { const chosen = document.documentElement.dataset.theme; return chosen ? chosen === 'dark' : systemIsDark.matches; }
function nameTheme() { themeButton.textContent = isDark() ? 'Light' : 'Dark'; }
function remembered() { try { return localStorage.getItem('theme'); } catch (error) { return null; } }
function remember(theme) { try { localStorage.setItem('theme', theme); } catch (error) { /* Then it holds for this visit only. */ } }
if (remembered() === 'dark' || remembered() === 'light') document.documentElement.dataset.theme = remembered();
themeButton.addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  remember(document.documentElement.dataset.theme);
  nameTheme();
});
systemIsDark.addEventListener('change', nameTheme);
nameTheme();
for (const element of document.querySelectorAll('.needs-script')) element.hidden = false;
show(false);
document.documentElement.dataset.ready = String(Math.round(performance.now()));
