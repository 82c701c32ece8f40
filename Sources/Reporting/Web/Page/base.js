// What every view needs: the data, elements made without markup, the state in the address.
const data = JSON.parse(document.getElementById('data').textContent);
const packages = data.packages;
const positions = new Map(packages.map((entry, index) => [entry.n, index]));
const none = [];

// Waits-for edges turned round.
for (const entry of packages) entry.unblocks = [];
packages.forEach((entry, index) => { for (const blocker of entry.b || none) packages[blocker].unblocks.push(index); });

/** An element. Text and attributes are set as such, so nothing that is in them is ever read as markup. */
function make(tag, attributes, ...children) {
  const element = tag.startsWith('svg:')
    ? document.createElementNS('http://www.w3.org/2000/svg', tag.slice(4)) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** A name from outside: marks of writing direction in it cannot reach the text around it. */
function name(text) { return make('bdi', null, text); }

/** Text in which backticks mark code. */
function prose(text) {
  const parts = text.split('`');
  return parts.length % 2 === 0 ? name(text) : parts.map((part, index) => index % 2 === 1 ? make('code', null, name(part)) : name(part));
}

function plural(count, noun) { return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`; }

/** A link to elsewhere, where the address is one of the web; plain text where it is anything else. */
function outward(address, text) {
  let url = null;
  try { url = new URL(address); } catch (error) { url = null; }
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return name(address);
  return make('a', { href: url.href, rel: 'noreferrer noopener', class: 'outward' }, name(text || address));
}

// The state of the page is the text behind # in its address.

function parameters() { return new URLSearchParams(location.hash.slice(1)); }

function address(entries) {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(entries)) if (value !== null && value !== undefined && value !== '') parameters.set(key, value);
  return '#' + parameters.toString();
}

function to(entries, ...children) { return make('a', { href: address(entries) }, ...children); }

function toPackage(index) { return to({ package: packages[index].n }, name(packages[index].n)); }

function toExtension(index) { return to({ extension: data.extensions[index].id }, name(data.extensions[index].id)); }

function toMaintainer(index) { return to({ maintainer: data.maintainers[index] }, name(data.maintainers[index])); }

function toWave(number) { return to({ view: 'waves', wave: number }, `wave ${number}`); }

function toDay(id) { return to({ day: id }, name(id)); }

/** The mark of a status: glyph and word, so that nobody needs the colour. */
function chip(status, text) {
  const about = data.statuses[status];
  return make('span', { class: `chip status-${about.id}`, title: about.definition },
    make('span', { class: 'glyph', 'aria-hidden': 'true' }, about.glyph), ' ', text || about.id);
}

/** A list with something between its items. */
function joined(items, separator = ', ') {
  return items.flatMap((item, index) => index === 0 ? [item] : [separator, item]);
}

/** Items of a long list behind a button, so that a page of hundreds stays readable; all are there, none is dropped. */
function folded(items, limit, wrap) {
  if (items.length <= limit + 3) return wrap(items);
  const box = make('div');
  const button = make('button', { type: 'button', class: 'more', click: () => box.replaceChildren(wrap(items)) },
    `Show all ${items.length.toLocaleString('en')}`);
  box.append(wrap(items.slice(0, limit)), button);
  return box;
}
