// One view for each thing that one can ask about. A view is a title and its content.
function section(title, ...content) {
  return make('section', null, make('h3', null, title), content);
}

function list(indices, limit = 40) {
  return folded(indices, limit, shown => make('ul', { class: 'names' }, shown.map(index =>
    make('li', null, make('span', { class: `glyph status-${data.statuses[packages[index].s].id}`, title: data.statuses[packages[index].s].id, 'aria-hidden': 'true' }, data.statuses[packages[index].s].glyph), ' ', toPackage(index)))));
}

function byStatus(left, right) { return packages[left].s - packages[right].s || packages[right].t - packages[left].t || left - right; }

/** Who depends on a package in its latest version: [position, kind, constraint] each. */
let dependentsMade = null;
function dependents() {
  if (dependentsMade !== null) return dependentsMade;
  dependentsMade = packages.map(() => []);
  packages.forEach((entry, from) => {
    const edges = entry.d || none;
    for (let at = 0; at + 2 < edges.length; at += 3) dependentsMade[edges[at]].push([from, edges[at + 1], edges[at + 2]]);
  });
  return dependentsMade;
}

function edgeTable(edges, title) {
  const sorted = [...edges].sort((a, b) => a[1] - b[1] || byStatus(a[0], b[0]));
  return folded(sorted, 30, shown => make('div', { class: 'wide' }, make('table', null,
    make('thead', null, make('tr', null, ['Package', 'Kind', 'Constraint', 'Status', 'Wave', 'Dependents'].map(text => make('th', { scope: 'col' }, text)))),
    make('tbody', null, shown.map(([other, kind, constraint]) => make('tr', null,
      make('th', { scope: 'row' }, toPackage(other)), make('td', null, data.kinds[kind]), make('td', null, constraint === 0 ? '' : make('code', null, name(data.constraints[constraint]))),
      make('td', null, chip(packages[other].s)), make('td', null, packages[other].w ? toWave(packages[other].w) : ''), make('td', { class: 'number' }, packages[other].t)))))));
}

function fact(title, value) { return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? null : [make('dt', null, title), make('dd', null, value)]; }

function copied(text, title) {
  const area = make('textarea', { readonly: true, rows: Math.min(24, text.split('\n').length + 1), 'aria-label': title });
  area.value = text;
  const said = make('span', { class: 'quiet', 'aria-live': 'polite' });
  const copy = () => {
    area.select();
    const done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
    done.then(() => { said.textContent = 'Copied'; }, () => { said.textContent = document.execCommand('copy') ? 'Copied' : 'Select the text and copy it'; });
  };
  return make('details', { class: 'text' }, make('summary', null, title), area, make('button', { type: 'button', click: copy }, 'Copy'), ' ', said);
}

function packageView(asked) {
  const index = positions.get(asked.get('package'));
  if (index === undefined) return missing('package', asked.get('package'), packages.map(entry => entry.n).filter(other => distance(other, asked.get('package').toLowerCase()) < 3).slice(0, 10).map(other => to({ package: other }, name(other))));
  const entry = packages[index], status = data.statuses[entry.s];
  const way = [index, ...(entry.p || none)];
  const behind = dependents()[index];
  const wayAt = waitsFor(index).length + waitedForBy[index].length > 0;
  return { title: entry.n, heading: [name(entry.n), ' ', make('span', { class: 'version' }, name(entry.v)), ' ', chip(entry.s)], content: [
    make('p', { class: 'lead' }, make('strong', null, status.instruction), ` The status says: ${status.definition}.`),
    (entry.a || none).length > 0 && section('What to do', make('ol', { class: 'actions' }, entry.a.map(action => make('li', null, name(action))))),
    way.length > 1 && section(`What ties it to ${data.removed.join(', ')}`, make('p', { class: 'way' }, joined(way.map(toPackage), ' → ')), make('p', null, make('code', null, name(entry.pt)))),
    make('div', { class: 'two' },
      section('Waits for', (entry.b || none).length === 0 ? make('p', { class: 'quiet' }, 'Nothing blocks it.') : list([...entry.b].sort(byStatus))),
      section('Waited for by', entry.unblocks.length === 0 ? make('p', { class: 'quiet' }, 'Nobody names it as what blocks them.') : list([...entry.unblocks].sort(byStatus)))),
    entry.co && section('Sources and metadata disagree', make('ul', null, entry.co.map(text => make('li', null, name(text))))),
    (entry.be || none).map(one => section(one.drops === '' ? 'Must move before it (proved by the solver)' : ['Must move before it drops ', name(one.drops), ' (proved by the solver)'], list([...one.packages].sort(byStatus)))),
    entry.win && section('Versions that serve it before and after its move', windows(entry.win)),
    entry.us && section(['In its sources (', name(entry.so), ')'], entry.us.map(sourceUses), make('p', { class: 'quiet' }, 'caravan scan lists all places, caravan rewrite makes the patch.')),
    section('Facts', make('dl', { class: 'facts' },
      fact('Wave', entry.w ? toWave(entry.w) : null), fact('Its own sources can move', entry.st ? (entry.st === 1 ? 'now' : [`from `, toWave(entry.st), ' on']) : null), fact('Rank', entry.r), fact('Moves together', entry.day ? toDay(entry.day) : null),
      fact('Frees', entry.f ? `${plural(entry.f, 'latest version')} if it alone migrates` : null),
      fact('Dependents', `${entry.dd || 0} direct, ${entry.t || 0} in all, ${entry.o || 0} optional`),
      fact(`Needs ${data.removed.join(', ')}`, entry.k ? 'yes' : entry.u ? 'cannot be installed in this world' : 'no'),
      fact('Extensions', joined((entry.x || none).map(toExtension))), fact('Roles', (entry.ro || none).join(', ')), fact('Effort', entry.et),
      fact('Evidence', entry.ev || 'metadata'), fact('Maintainers', joined((entry.m || none).map(toMaintainer))),
      fact('Tags', joined((entry.g || none).map(tag => to({ tag: data.tags[tag] }, name(data.tags[tag]))))),
      fact('Elsewhere', joined([outward(`https://opam.ocaml.org/packages/${encodeURIComponent(entry.n)}/`, 'opam page'), entry.repo && outward(entry.repo, 'sources'), entry.h && outward(entry.h, 'home page')].filter(Boolean))))),
    wayAt && section('Neighbourhood', neighbourhood(index)),
    behind.length > 0 && section(`Dependents (${behind.length})`, edgeTable(behind)),
    (entry.d || none).length > 0 && section('Its own dependencies', edgeTable(triples(entry.d))),
    entry.i && section('To tell its maintainers', copied(entry.i, 'Text of an issue')),
  ] };
}

/** What the sources use of one extension: the first places, as they stand and as they would stand. */
function sourceUses(use) {
  const more = use.count - use.samples.length;
  const extension = data.extensions.findIndex(one => one.id === use.x);
  return [make('h4', null, extension < 0 ? name(use.x) : toExtension(extension), `: ${plural(use.count, 'use')}`),
    use.samples.map(sample => converted(sample, [name(`${sample.path}:${sample.line}`), ' ', make('code', null, name(sample.rule))])),
    more > 0 && make('p', { class: 'quiet' }, `and ${plural(more, 'more use')}`)];
}

/** Code before and after, with what a person should know. */
function converted(sample, caption) {
  return make('figure', { class: 'sample' }, make('figcaption', null, caption),
    make('pre', { tabindex: '0', role: 'group', 'aria-label': 'Before' }, make('del', null, name(sample.before))),
    sample.after && make('pre', { tabindex: '0', role: 'group', 'aria-label': 'After' }, make('ins', null, name(sample.after))),
    (sample.notes || none).map(note => make('p', { class: 'quiet' }, prose(note))));
}

function windows(all) {
  return make('div', { class: 'wide' }, make('table', null,
    make('thead', null, make('tr', null, ['Dependency', 'Extension', 'With camlp4', 'With ppx', 'Both'].map(text => make('th', { scope: 'col' }, text)))),
    make('tbody', null, all.map(one => make('tr', null, make('th', { scope: 'row' }, positions.has(one.dependency) ? toPackage(positions.get(one.dependency)) : name(one.dependency)),
      make('td', null, one.extension ? name(one.extension) : make('span', { class: 'quiet' }, 'none: a library')),
      [one.camlp4, one.ppx].map((text, column) => make('td', null, text ? name(text) : column === 1 && !one.extension ? make('span', { class: 'quiet' }, 'serves either way') : '')),
      make('td', null, one.both ? name(one.both) : one.proved ? '✕ none: it moves on the day on which the dependency does' : '– none known'))))));
}

function triples(flat) {
  const result = [];
  for (let at = 0; at + 2 < flat.length; at += 3) result.push([flat[at], flat[at + 1], flat[at + 2]]);
  return result;
}

function missing(kind, what, near = none) {
  return { title: 'Not here', content: [make('p', null, `This plan has no ${kind} `, name(what), '.', near.length > 0 && [' Near it: ', joined(near), '.'])] };
}

/** Packages chosen by a test, as the same table as everywhere. */
function tableOf(test, sort, caption) {
  const chosen = packages.map((_, index) => index).filter(test).sort((a, b) => compare(packages[a].r, packages[b].r) || a - b);
  return packageTable(chosen, sort, null, caption || plural(chosen.length, 'package'));
}

function extensionView(asked) {
  const index = data.extensions.findIndex(extension => extension.id === asked.get('extension'));
  if (index < 0) return missing('extension', asked.get('extension'));
  const extension = data.extensions[index];
  return { title: `Extension ${extension.id}`, content: [
    extension.title && make('p', { class: 'lead' }, name(extension.title), '.'),
    extension.strategy && section('What takes its place', make('p', null, prose(extension.strategy), '.'), ways(extension.steps)),
    extension.packages.length > 0 && section('Packages that are this extension', replacements(extension)),
    extension.packages.length === 0 && make('p', { class: 'quiet' }, 'It comes with a library that its users wait for; no package is nothing but this extension.'),
    section('Packages that have to do with it', tableOf(position => (packages[position].x || none).includes(index), null)),
    extension.mind && extension.mind.length > 0 && section('Mind', make('ul', null, extension.mind.map(text => make('li', null, prose(text))))),
    extension.rules && extension.rules.length > 0 && section(`Before and after, as of ${data.date}`, folded(extension.rules, 12, shown => make('div', null, shown.map(rule =>
      converted(rule, [make('code', null, name(rule.id)), ' ', prose(rule.message)]))))),
  ] };
}

/** The ways to replace an extension, by day. */
function ways(steps) {
  if (steps.length === 0) return null;
  return make('div', { class: 'wide' }, make('table', null,
    make('thead', null, make('tr', null, ['From', 'What a build needs', 'What to know'].map(text => make('th', { scope: 'col' }, text)))),
    make('tbody', null, steps.map(step => make('tr', null, make('th', { scope: 'row' }, step.days, step.now && ` ▶ on ${data.date}`),
      make('td', null, name(step.needs)), make('td', null, prose(step.note || '')))))));
}

function replacements(extension) {
  return make('div', { class: 'wide' }, make('table', null,
    make('thead', null, make('tr', null, ['Package of the extension', 'What takes its place', 'There since', `On ${data.date}`].map(text => make('th', { scope: 'col' }, text)))),
    make('tbody', null, extension.packages.map(syntax => make('tr', null,
      make('th', { scope: 'row' }, positions.has(syntax.name) ? to({ package: syntax.name }, syntax.name) : syntax.name),
      make('td', null, syntax.replacement || 'nothing yet'), make('td', null, syntax.since || (syntax.replacement ? 'needs no package' : '')),
      make('td', null, syntax.ready ? '✓ can be replaced' : '✕ cannot be replaced yet'))))));
}

function extensionsView() {
  const shown = data.extensions.map((extension, index) => [extension, index]).filter(([extension]) => extension.count > 0)
    .sort((a, b) => b[0].count - a[0].count || compare(a[0].id, b[0].id));
  return { title: 'Extensions', content: [
    make('p', null, 'What the metadata tells of: packages that are syntax extensions, and who depends on them.'),
    make('div', { class: 'wide' }, make('table', null,
      make('thead', null, make('tr', null, ['Extension', 'Packages', 'What takes its place', `On ${data.date}`].map(text => make('th', { scope: 'col' }, text)))),
      make('tbody', null, shown.map(([extension, index]) => make('tr', null, make('th', { scope: 'row' }, toExtension(index)), make('td', { class: 'number' }, extension.count),
        make('td', null, [...new Set(extension.packages.map(syntax => syntax.replacement).filter(Boolean))].join('; ')),
        make('td', null, extension.packages.length === 0 ? '' : extension.packages.some(syntax => syntax.ready) ? '✓ can be replaced' : '✕ cannot be replaced yet'))))))] };
}

function maintainerView(asked) {
  const index = data.maintainers.indexOf(asked.get('maintainer'));
  if (index < 0) return missing('maintainer', asked.get('maintainer'));
  const own = position => (packages[position].m || none).includes(index);
  const withWork = position => own(position) && packages[position].w;
  return { title: asked.get('maintainer'), content: [
    section('With something to do, in the order of the plan', packages.some((_, position) => withWork(position)) ? tableOf(withWork, null) : make('p', null, 'Nothing to do.')),
    section('All packages', tableOf(own, null))] };
}

function maintainersView() {
  const counts = data.maintainers.map(() => ({ all: 0, now: 0, later: 0, dependents: 0 }));
  for (const entry of packages) for (const person of entry.m || none) {
    counts[person].all += 1;
    if (entry.w === 1) counts[person].now += 1; else if (entry.w) counts[person].later += 1;
    if (entry.w) counts[person].dependents = Math.max(counts[person].dependents, entry.t || 0);
  }
  const order = data.maintainers.map((_, index) => index).filter(index => counts[index].now + counts[index].later > 0)
    .sort((a, b) => counts[b].now - counts[a].now || counts[b].later - counts[a].later || a - b);
  if (order.length === 0) return { title: 'Maintainers', content: [make('p', null, 'This report names no maintainers.')] };
  return { title: 'Maintainers', content: [make('p', null, 'Those who have something to do. “Now” counts packages of wave 1.'),
    folded(order, 100, shown => make('div', { class: 'wide' }, make('table', null,
      make('thead', null, make('tr', null, ['Maintainer', 'Now', 'Later', 'Packages', 'Most dependents of one'].map(text => make('th', { scope: 'col' }, text)))),
      make('tbody', null, shown.map(index => make('tr', null, make('th', { scope: 'row' }, toMaintainer(index)),
        [counts[index].now, counts[index].later, counts[index].all, counts[index].dependents].map(count => make('td', { class: 'number' }, count))))))))] };
}

function dayView(asked) {
  const day = data.days.find(day => day.id === asked.get('day'));
  if (day === undefined) return missing('flag day', asked.get('day'));
  return { title: `Together: ${day.id}`, content: [make('p', { class: 'lead' }, name(day.reason), '.'),
    section('Packages that move on one day', tableOf(position => day.packages.includes(position), null)),
    section('Neighbourhood', neighbourhood(day.packages[0]))] };
}

function daysView() {
  return { title: 'What must move together', content: data.days.length === 0
    ? [make('p', null, 'Nothing: no packages block each other in a circle, so everybody can release by themselves, wave after wave.')]
    : data.days.map(day => section([toDay(day.id), ` (${plural(day.packages.length, 'package')})`], make('p', null, name(day.reason), '.'), list(day.packages))) };
}

function wavesView(asked) {
  const wanted = Number(asked.get('wave')) || null;
  const columns = data.waves.map(wave => {
    const cards = folded(wave.packages, wanted === wave.number ? wave.packages.length : 15, shown => make('ol', { class: 'cards' }, shown.map(index => {
      const entry = packages[index];
      return make('li', { class: `card status-${data.statuses[entry.s].id}` }, chip(entry.s), ' ', toPackage(index),
        make('span', { class: 'quiet' }, [entry.f > 1 && `frees ${entry.f}`, entry.t && plural(entry.t, 'dependent')].filter(Boolean).join(' · ')));
    })));
    return make('section', { class: 'wave', id: `wave-${wave.number}`, 'aria-label': `Wave ${wave.number}` },
      make('h3', null, to({ wave: wave.number, view: 'packages' }, `Wave ${wave.number}`)),
      make('p', { class: 'quiet' }, `${plural(wave.packages.length, 'package')}, frees ${wave.frees}`), cards);
  });
  return { title: 'Waves', target: wanted === null ? null : `wave-${wanted}`, content: [
    make('p', null, 'A package stands in the wave after the last of those that block it. All of a wave can move at the same time. Inside a wave, what frees most comes first.'),
    make('div', { class: 'board', role: 'region', tabindex: '0', 'aria-label': 'Waves from left to right' }, columns)] };
}

function graphView(asked) {
  const wanted = asked.get('around') || (data.first[0] === undefined ? '' : packages[data.first[0]].n);
  const index = positions.get(wanted);
  const input = make('input', { type: 'search', list: 'tied', value: wanted, 'aria-label': 'Package in the middle' });
  const form = make('form', { class: 'around', submit: event => { event.preventDefault(); location.hash = address({ view: 'graph', around: input.value.trim() }); } },
    make('label', null, 'Around ', input), make('button', { type: 'submit' }, 'Show'),
    make('datalist', { id: 'tied' }, packages.filter((_, position) => waitsFor(position).length + waitedForBy[position].length > 0).map(entry => make('option', { value: entry.n }))));
  return { title: 'Who waits for whom', content: [form, index === undefined ? make('p', null, 'No package of this name: ', name(wanted)) : [neighbourhood(index), make('p', null, 'More on ', toPackage(index), '.')]] };
}
