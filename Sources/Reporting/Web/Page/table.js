// The table of packages: search, filters, order; all of it in the address.
const columns = [
  { id: 'rank', title: 'Rank', value: entry => entry.r, about: 'Position in the whole plan' },
  { id: 'name', title: 'Package', value: entry => entry.n },
  { id: 'status', title: 'Status', value: entry => entry.s },
  { id: 'wave', title: 'Wave', value: entry => entry.w },
  { id: 'frees', title: 'Frees', value: entry => entry.f, descending: true, about: 'Latest versions that its migration alone frees' },
  { id: 'dependents', title: 'Dependents', value: entry => entry.t, descending: true, about: 'Packages that depend on it, directly or through others' },
  { id: 'effort', title: 'Effort', value: entry => entry.e, descending: true, about: 'Estimate from what was found' },
  { id: 'extensions', title: 'Extensions', value: entry => (entry.x || none).map(index => data.extensions[index].id).join(' ') },
  { id: 'actions', title: 'What to do', value: null },
].filter(column => column.id !== 'effort' || packages.some(entry => entry.e !== undefined));

const filterKeys = ['q', 'status', 'wave', 'uses', 'by', 'tag', 'needs', 'sort'];
const rowsAtOnce = 150;

/** Each package's text to search in, lower case; made once. */
const haystacks = packages.map(entry => [
  entry.n, ...(entry.x || none).map(index => data.extensions[index].id),
  ...(entry.m || none).map(index => data.maintainers[index]), ...(entry.g || none).map(index => data.tags[index]),
].join('\n').toLowerCase());

/** How well a name answers a search; less is better. */
function distance(packageName, query) {
  const text = packageName.toLowerCase();
  if (text === query) return 0;
  if (text.startsWith(query)) return 1;
  return text.includes(query) ? 2 : 3;
}

function compare(left, right) {
  if (left === right) return 0;
  if (left === undefined || left === null || left === '') return 1;
  if (right === undefined || right === null || right === '') return -1;
  return left < right ? -1 : 1;
}

/** The positions of the packages that the parameters ask for, in the order that they ask for. */
function select(asked) {
  const query = (asked.get('q') || '').trim().toLowerCase();
  const words = query.split(/\s+/).filter(word => word !== '');
  const statuses = new Set((asked.get('status') || '').split(',').filter(id => id !== ''));
  const index = (list, key) => asked.has(key) ? list.indexOf(asked.get(key)) : null;
  const uses = index(data.extensions.map(extension => extension.id), 'uses');
  const by = index(data.maintainers, 'by');
  const tag = index(data.tags, 'tag');
  const chosen = [];
  packages.forEach((entry, position) => {
    if (statuses.size > 0 && !statuses.has(data.statuses[entry.s].id)) return;
    if (asked.has('wave') && String(entry.w || '') !== asked.get('wave')) return;
    if (uses !== null && !(entry.x || none).includes(uses)) return;
    if (by !== null && !(entry.m || none).includes(by)) return;
    if (tag !== null && !(entry.g || none).includes(tag)) return;
    if (asked.has('needs') && (entry.k ? 'yes' : 'no') !== asked.get('needs')) return;
    if (words.every(word => haystacks[position].includes(word))) chosen.push(position);
  });
  const sort = asked.get('sort');
  if (sort === null && words.length > 0) {
    const near = new Map(chosen.map(position => [position, distance(packages[position].n, query)]));
    return chosen.sort((a, b) => near.get(a) - near.get(b) || compare(packages[a].r, packages[b].r) || a - b);
  }
  const down = (sort || '').startsWith('-');
  const column = columns.find(column => column.value !== null && column.id === (sort || 'rank').replace(/^-/, '')) || columns[0];
  return chosen.sort((a, b) => {
    const x = column.value(packages[a]), y = column.value(packages[b]);
    const missing = (x === undefined || x === '') !== (y === undefined || y === '');
    return (down && !missing ? -compare(x, y) : compare(x, y)) || a - b;
  });
}

function row(position, shown) {
  const entry = packages[position];
  const cells = {
    rank: () => entry.r, name: () => [toPackage(position), make('span', { class: 'version' }, ' ', name(entry.v))],
    status: () => chip(entry.s), wave: () => entry.w && toWave(entry.w), frees: () => entry.f, dependents: () => entry.t,
    effort: () => entry.et || entry.e, extensions: () => joined((entry.x || none).map(toExtension)),
    actions: () => (entry.a || none).map(action => make('span', { class: 'action' }, action)),
  };
  return make('tr', null, shown.map(column => make(column.id === 'name' ? 'th' : 'td',
    { class: `column-${column.id}`, scope: column.id === 'name' ? 'row' : null, 'data-title': column.title }, cells[column.id]())));
}

/** A table of packages that grows while one scrolls down. `reorder` is told the column that was asked for. */
function packageTable(chosen, sort, reorder, caption) {
  const body = make('tbody');
  const more = make('button', { type: 'button', class: 'more', click: () => grow(chosen.length) });
  function grow(count) {
    const start = body.children.length;
    const rows = document.createDocumentFragment();
    for (const position of chosen.slice(start, start + count)) rows.append(row(position, columns));
    body.append(rows);
    more.hidden = body.children.length >= chosen.length;
    more.textContent = `Show the other ${(chosen.length - body.children.length).toLocaleString('en')}`;
  }
  const head = columns.map(column => {
    const active = sort !== null && sort.replace(/^-/, '') === column.id;
    const direction = active ? (sort.startsWith('-') ? 'descending' : 'ascending') : null;
    const next = active ? (sort.startsWith('-') ? column.id : `-${column.id}`) : (column.descending ? `-${column.id}` : column.id);
    const mark = direction === 'ascending' ? ' ▲' : direction === 'descending' ? ' ▼' : '';
    const title = column.value === null || reorder === null ? column.title
      : make('button', { type: 'button', title: column.about, click: () => reorder(next) }, column.title, make('span', { 'aria-hidden': 'true' }, mark));
    return make('th', { scope: 'col', class: `column-${column.id}`, 'aria-sort': direction }, title);
  });
  grow(rowsAtOnce);
  if ('IntersectionObserver' in window) {
    new IntersectionObserver(seen => { if (seen.some(one => one.isIntersecting) && !more.hidden) grow(rowsAtOnce); }, { rootMargin: '600px' }).observe(more);
  }
  window.addEventListener('beforeprint', () => grow(chosen.length));
  return make('div', { class: 'wide', role: 'region', tabindex: '0', 'aria-label': caption },
    make('table', { class: 'packages' }, make('caption', null, caption), make('thead', null, make('tr', null, head)), body), more);
}

/** Changes one filter and keeps the others. */
function changed(asked, key, value) {
  const entries = Object.fromEntries(filterKeys.filter(key => asked.has(key)).map(key => [key, asked.get(key)]));
  entries[key] = value;
  if (!filterKeys.some(key => entries[key])) entries.view = 'packages';
  return address(entries);
}

function choice(asked, key, title, options) {
  if (options.length === 0) return null;
  const select = make('select', { name: key, change: event => { location.hash = changed(asked, key, event.target.value); } },
    make('option', { value: '' }, 'any'), options.map(([value, text]) => make('option', { value, selected: asked.get(key) === value }, text)));
  return make('label', null, title, ' ', select);
}

function filters(asked) {
  const statuses = new Set((asked.get('status') || '').split(',').filter(id => id !== ''));
  const toggles = data.statuses.map((status, position) => {
    if (status.count === 0) return null;
    const isOn = statuses.has(status.id);
    const next = new Set(statuses);
    if (isOn) next.delete(status.id); else next.add(status.id);
    return make('button', { type: 'button', class: 'toggle', 'aria-pressed': String(isOn), 'data-status': status.id,
      click: () => { location.hash = changed(asked, 'status', [...next].join(',')); } },
    chip(position), ` ${status.count.toLocaleString('en')}`);
  });
  return make('div', { class: 'filters' },
    make('div', { class: 'toggles', role: 'group', 'aria-label': 'Status' }, toggles),
    make('div', { class: 'choices' },
      choice(asked, 'wave', 'Wave', data.waves.map(wave => [String(wave.number), String(wave.number)])),
      choice(asked, 'uses', 'Extension', data.extensions.filter(extension => extension.count > 0).map(extension => [extension.id, `${extension.id} (${extension.count})`])),
      choice(asked, 'by', 'Maintainer', data.maintainers.map(person => [person, person])),
      choice(asked, 'tag', 'Tag', data.tags.map(tag => [tag, tag])),
      choice(asked, 'needs', `Needs ${data.removed.join(', ')}`, [['yes', 'yes'], ['no', 'no']]),
      filterKeys.some(key => asked.has(key)) && make('a', { href: '#view=packages', class: 'reset' }, 'Clear all')));
}

function packagesView(asked) {
  const chosen = select(asked);
  const query = asked.get('q');
  const caption = `${plural(chosen.length, 'package')}${chosen.length === packages.length ? '' : ` of ${packages.length.toLocaleString('en')}`}`;
  const table = packageTable(chosen, asked.get('sort') || (query ? null : 'rank'), sort => { location.hash = changed(asked, 'sort', sort); }, caption);
  return { title: query ? `Search: ${query}` : 'Packages', content: [filters(asked),
    chosen.length === 0 ? make('p', { class: 'empty' }, 'No package fits. Take back a filter, or search for a part of the name.') : table] };
}
