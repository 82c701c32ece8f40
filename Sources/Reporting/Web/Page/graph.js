// The neighbourhood of a package: to its left what it waits for, to its right who waits for it.
const boxWidth = 150, boxHeight = 26, columnGap = 70, rowGap = 8, rowsInColumn = 24;

/** What a package waits for: what blocks it, and the next step of its way to what is to go. */
function waitsFor(index) {
  const entry = packages[index];
  return [...new Set([...(entry.b || none), ...(entry.p && entry.p.length > 0 ? [entry.p[0]] : none)])].filter(other => other !== index);
}

const waitedForBy = packages.map(() => []);
packages.forEach((entry, index) => { for (const other of waitsFor(index)) waitedForBy[other].push(index); });

/** Levels of a breadth-first walk; no package twice. */
function levels(start, next, depth, seen) {
  const result = [];
  let level = [start];
  for (let step = 0; step < depth; step += 1) {
    const reached = [];
    for (const index of level) for (const other of next(index)) if (!seen.has(other)) { seen.add(other); reached.push(other); }
    if (reached.length === 0) break;
    result.push(reached);
    level = reached;
  }
  return result;
}

/** Places for all boxes: a column a level, long levels in several columns, each sorted by where its neighbours stand. */
function layout(center, depth) {
  const seen = new Set([center]);
  const before = levels(center, waitsFor, depth, seen);
  const after = levels(center, index => waitedForBy[index], depth, seen);
  const places = new Map();
  let extent = 0;
  const place = (level, x) => {
    const height = level.length * (boxHeight + rowGap);
    level.forEach((index, row) => places.set(index, { x, y: row * (boxHeight + rowGap) - height / 2 }));
    extent = Math.max(extent, height);
  };
  const neighbours = index => [...waitsFor(index), ...waitedForBy[index]].filter(other => places.has(other)).map(other => places.get(other).y);
  const weight = index => { const ys = neighbours(index); return ys.length === 0 ? 0 : ys.reduce((a, b) => a + b, 0) / ys.length; };
  const side = (list, direction) => {
    let x = 0;
    for (const level of list) {
      const weights = new Map(level.map(index => [index, weight(index)]));
      const sorted = [...level].sort((a, b) => weights.get(a) - weights.get(b) || packages[b].t - packages[a].t || a - b);
      for (let start = 0; start < sorted.length; start += rowsInColumn) {
        x += direction * (boxWidth + (start === 0 ? columnGap : 14));
        place(sorted.slice(start, start + rowsInColumn), x);
      }
    }
  };
  place([center], 0);
  side(before, -1);
  side(after, 1);
  return places;
}

function short(text, limit) { const letters = [...text]; return letters.length > limit ? letters.slice(0, limit - 1).join('') + '…' : text; }

function drawing(center, depth) {
  const places = layout(center, depth);
  const lines = [], boxes = [];
  const touching = new Map([...places.keys()].map(index => [index, new Set([index])]));
  const edges = [];
  for (const from of places.keys()) {
    for (const target of waitsFor(from)) {
      if (!places.has(target)) continue;
      touching.get(from).add(target);
      touching.get(target).add(from);
      const a = places.get(from), b = places.get(target);
      const x1 = a.x >= b.x ? a.x : a.x + boxWidth, x2 = a.x >= b.x ? b.x + boxWidth : b.x;
      const y1 = a.y + boxHeight / 2, y2 = b.y + boxHeight / 2, bend = Math.max(30, Math.abs(x1 - x2) / 2) * (a.x >= b.x ? 1 : -1);
      const line = make('svg:path', { d: `M${x1} ${y1}C${x1 - bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}`, class: from === center || target === center || depth > 1 && places.size < 40 ? 'edge' : 'edge other' });
      edges.push({ line, from, target });
      lines.push(line);
    }
  }
  const elements = new Map();
  for (const [index, { x, y }] of places) {
    const entry = packages[index], status = data.statuses[entry.s];
    const light = () => highlight(index), dark = () => highlight(null);
    const link = make('svg:a', { href: address({ package: entry.n }), class: `box status-${status.id}${index === center ? ' center' : ''}`,
      mouseenter: light, focus: light, mouseleave: dark, blur: dark, 'aria-label': `${entry.n}: ${status.id}` },
    make('svg:title', null, `${short(entry.n, 200)} ${short(entry.v, 40)}: ${status.id}${entry.w ? `, wave ${entry.w}` : ''}; ${plural(entry.t, 'dependent')}`),
    make('svg:rect', { x, y, width: boxWidth, height: boxHeight, rx: 4 }),
    make('svg:text', { x: x + 8, y: y + 17 }, `${status.glyph} ${short(entry.n, 17)}`));
    elements.set(index, link);
    boxes.push(link);
  }
  function highlight(index) {
    svg.classList.toggle('lit', index !== null);
    for (const [other, element] of elements) element.classList.toggle('near', index !== null && touching.get(index).has(other));
    for (const { line, from, target } of edges) line.classList.toggle('near', from === index || target === index);
  }
  const xs = [...places.values()].map(place => place.x), ys = [...places.values()].map(place => place.y);
  const frame = { x: Math.min(...xs) - 20, y: Math.min(...ys) - 20 };
  frame.width = Math.max(...xs) + boxWidth + 20 - frame.x;
  frame.height = Math.max(...ys) + boxHeight + 20 - frame.y;
  const svg = make('svg:svg', { class: 'graph', role: 'group', 'aria-label': `Neighbourhood of ${packages[center].n}`, preserveAspectRatio: 'xMidYMid meet' }, lines, boxes);
  return { svg, frame, count: places.size };
}

/** The drawing with its controls: depth, zoom by button, key and wheel with Ctrl, and dragging. */
function neighbourhood(center) {
  const holder = make('div', { class: 'graph-holder' });
  const count = make('span', { class: 'quiet', 'aria-live': 'polite' });
  let view = null, home = null, svg = null;
  const show = () => svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
  const zoom = (factor, x = view.x + view.width / 2, y = view.y + view.height / 2) => {
    view = { x: x - (x - view.x) * factor, y: y - (y - view.y) * factor, width: view.width * factor, height: view.height * factor };
    show();
  };
  const redraw = depth => {
    const drawn = drawing(center, depth);
    ({ svg, frame: home } = drawn);
    view = { ...home };
    svg.style.height = `${Math.max(160, Math.min(560, home.height))}px`;
    count.textContent = plural(drawn.count, 'package');
    svg.addEventListener('wheel', event => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, point.x, point.y);
    }, { passive: false });
    let grip = null;
    svg.addEventListener('pointerdown', event => { if (event.target === svg || event.target.classList.contains('edge')) { grip = event; svg.setPointerCapture(event.pointerId); } });
    svg.addEventListener('pointermove', event => {
      if (grip === null) return;
      const scale = 1 / svg.getScreenCTM().a;
      view.x -= (event.clientX - grip.clientX) * scale;
      view.y -= (event.clientY - grip.clientY) * scale;
      grip = event;
      show();
    });
    svg.addEventListener('pointerup', () => { grip = null; });
    show();
    holder.replaceChildren(svg);
  };
  const depths = make('select', { change: event => redraw(Number(event.target.value)) },
    [1, 2, 3].map(depth => make('option', { value: depth, selected: depth === 1 }, depth)));
  const button = (text, title, act) => make('button', { type: 'button', title, 'aria-label': title, click: act }, text);
  redraw(1);
  return make('div', { class: 'graph-box' },
    make('div', { class: 'graph-tools' }, make('label', null, 'Steps ', depths), button('+', 'Zoom in', () => zoom(1 / 1.4)), button('−', 'Zoom out', () => zoom(1.4)),
      button('Fit', 'Show the whole graph', () => { view = { ...home }; show(); }), count),
    holder, make('p', { class: 'quiet' }, 'Left: what it waits for. Right: who waits for it. Drag to move; Ctrl and wheel, or the buttons, to zoom; point at a box to see its neighbours; click it to go there.'));
}
