"""Holds index.html of a plan to what it promises, in a real browser.

check_page.py INDEX EXPECTED [AXE]: EXPECTED is JSON with what the plan says, so that nothing is compared with itself; AXE is
axe-core's script, where it is there. Prints a line for each promise that is broken; exit status 1 if there is one.
"""
import json
import pathlib
import sys

from devtools import Browser

broken = []


def check(what, holds, detail=""):
    if not holds:
        broken.append(f"{what} {detail}".rstrip())


ROWS = "[...document.querySelectorAll('table.packages tbody tr')].map(row => row.querySelector('th a').textContent)"
CONTRAST = r"""
(() => {
  const parse = text => (text.match(/[\d.]+/g) || []).map(Number);
  const part = value => { const c = value / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const behind = element => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === '' || element.closest('script, style, noscript, option, datalist') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const inDrawing = element.closest('svg');
    const box = inDrawing && element.closest('g, a') && element.closest('g, a').querySelector('rect');
    const front = parse(inDrawing ? style.fill : style.color);
    const back = box ? parse(getComputedStyle(box).fill) : behind(element);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.push(`${((a + 0.05) / (b + 0.05)).toFixed(2)} ${element.tagName} ${walker.currentNode.data.trim().slice(0, 30)}`);
  }
  return low;
})()
"""


def address(index, fragment=""):
    return pathlib.Path(index).resolve().as_uri() + fragment


def go(browser, fragment):
    browser.run(f"location.hash = {json.dumps(fragment)}; 0")
    browser.wait("new Promise(done => requestAnimationFrame(() => done(true)))")


def loading(browser, index, expected):
    times = []
    for _ in range(3):
        browser.open(address(index))
        browser.wait("document.documentElement.dataset.ready !== undefined")
        times.append(int(browser.run("document.documentElement.dataset.ready")))
    print(f"interactive after {min(times)} ms of {times}, {expected['count']} packages")
    check("interactive in less than a second", min(times) < 1000, str(times))
    check("the overview counts", str(expected["needing"]) in browser.run("document.querySelector('.big').textContent"))
    check("the overview is what an address without more shows", browser.run("!document.getElementById('overview').hidden && document.getElementById('view').hidden"))
    check("both pictures are there", browser.run("document.querySelectorAll('#overview svg').length") >= 2)


def searching(browser, index, expected):
    term = expected["term"]
    browser.open(address(index, f"#q={term}"))
    browser.wait("document.querySelector('table.packages') !== null")
    rows = browser.run(ROWS)
    check("an address opens on its search", browser.run("document.getElementById('search').value") == term)
    check("the search finds what is called so", sorted(rows) == sorted(expected["found"]), f"{rows} {expected['found']}")
    check("an exact name comes first", rows[:1] == [term], str(rows[:3]))
    browser.open(address(index))
    browser.key("/")
    check("the slash key goes to the search", browser.run("document.activeElement.id") == "search")
    browser.type(term)
    check("typing searches", browser.wait(f"location.hash === '#q={term}'"), browser.run("location.hash"))
    check("typing finds the same", browser.run(ROWS) == rows)
    browser.key("Enter")
    check("Enter on an exact name opens the package", browser.wait(f"location.hash === '#package={term}'"), browser.run("location.hash"))
    browser.run("history.back(); 0")
    check("back returns to the search", browser.wait(f"location.hash === '#q={term}'"))


def filtering(browser, index, expected):
    browser.open(address(index, "#view=packages"))
    browser.wait("document.querySelector('table.packages') !== null")
    count = "document.querySelector('table.packages caption').textContent"
    check("all packages are counted", f"{expected['count']:,} package" in browser.run(count), browser.run(count))
    browser.run("document.querySelector('[data-status=ready]').click(); 0")
    check("a filter is in the address", browser.wait("location.hash === '#status=ready'"), browser.run("location.hash"))
    check("a filter counts what the plan counts", browser.run(count).startswith(f"{expected['ready']:,} package"), browser.run(count))
    check("a filter says that it is on", browser.run("document.querySelector('[data-status=ready]').getAttribute('aria-pressed')") == "true")
    check("the filter keeps the focus", browser.run("document.activeElement === document.body || document.activeElement.dataset.status === 'ready'"))
    browser.run("document.querySelector('th.column-dependents button').click(); 0")
    check("the order is in the address", browser.wait("location.hash.includes('sort=-dependents')"), browser.run("location.hash"))
    numbers = browser.run("[...document.querySelectorAll('td.column-dependents')].map(cell => Number(cell.textContent))")
    check("the order holds", len(numbers) > 1 and numbers == sorted(numbers, reverse=True), str(numbers[:8]))
    browser.run("document.querySelector('th.column-dependents button').click(); 0")
    browser.wait("location.hash.includes('sort=dependents')")
    numbers = browser.run("[...document.querySelectorAll('td.column-dependents')].map(cell => Number(cell.textContent))")
    check("the order turns round", numbers == sorted(numbers), str(numbers[:8]))
    check("the order is told to screen readers", browser.run("document.querySelector('th.column-dependents').getAttribute('aria-sort')") == "ascending")
    here = browser.run("location.hash")
    rows = browser.run(ROWS)
    browser.open(address(index, here))
    browser.wait("document.querySelector('table.packages') !== null")
    check("an address with filters opens on the same table", browser.run(ROWS) == rows)
    if expected["count"] > 200:
        grows(browser)


def grows(browser):
    go(browser, "#view=packages")
    browser.run("window.scrollTo(0, document.body.scrollHeight); 0")
    check("the table grows when scrolled", browser.wait("document.querySelectorAll('table.packages tbody tr').length > 150"))


def onePackage(browser, index, expected):
    name = expected["package"]
    browser.open(address(index, f"#package={name}"))
    browser.wait("document.querySelector('#view-content section') !== null")
    text = browser.run("document.getElementById('view').innerText")
    check("the page of a package has its status", expected["status"] in text)
    check("and its path", expected["path"] in text, expected["path"])
    for action in expected["actions"]:
        check("and what to do", action in text, action)
    check("and its direct dependents", f"{expected['direct']} direct" in text)
    check("and a text to send", "caravan plan" in browser.run("document.querySelector('details.text textarea').value"))
    before = browser.run("document.querySelector('svg.graph').getAttribute('viewBox')")
    browser.run("document.querySelector('[title=\"Zoom in\"]').click(); 0")
    after = browser.run("document.querySelector('svg.graph').getAttribute('viewBox')")
    check("zooming changes what is seen", float(after.split()[2]) < float(before.split()[2]), f"{before} {after}")
    browser.run("document.querySelector('[title=\"Show the whole graph\"]').click(); 0")
    check("the whole comes back", browser.run("document.querySelector('svg.graph').getAttribute('viewBox')") == before)
    browser.run("document.querySelector('svg.graph a.box').focus(); 0")
    check("the focus lights the neighbours", browser.run("document.querySelector('svg.graph').classList.contains('lit') && document.querySelectorAll('svg.graph .box.near').length > 0"))
    boxes = browser.run("document.querySelectorAll('svg.graph a.box').length")
    browser.run("{ const depth = document.querySelector('.graph-tools select'); depth.value = '3'; depth.dispatchEvent(new Event('change')); } 0")
    check("more steps show more", browser.run("document.querySelectorAll('svg.graph a.box').length") >= boxes)
    other = browser.run("(() => { const box = [...document.querySelectorAll('svg.graph a.box:not(.center)')][0]; const to = box.getAttribute('href'); box.dispatchEvent(new MouseEvent('click', { bubbles: true })); return to; })()")
    check("a click on a box goes there", browser.wait(f"location.hash === {json.dumps(other)}"), f"{other} {browser.run('location.hash')}")


def everyView(browser, index, expected):
    views = ["", "#view=waves", "#view=packages", "#view=extensions", "#view=maintainers", "#view=days", "#view=graph",
             f"#package={expected['package']}", f"#extension={expected['extension']}", "#package=no-such-package",
             "#day=no-such-day", "#view=nonsense", "#q=%00%ff%E0%A4", "#sort=-nonsense&wave=x"]
    views += [f"#day={day}" for day in expected["days"]]
    browser.open(address(index))
    for theme in ("light", "dark"):
        browser.media(prefers_color_scheme=theme)
        for view in views:
            go(browser, view)
            low = browser.run(CONTRAST)
            check(f"contrast of 4.5 in {theme}, {view or 'overview'}", low == [], str(low[:4]))
    browser.media()
    for width in (320, 390):
        browser.size(width, 800, phone=True)
        for view in views:
            go(browser, view)
            wide = browser.run("document.documentElement.scrollWidth")
            check(f"nothing sticks out at {width} pixels, {view or 'overview'}", wide <= width, str(wide))
    browser.size(1280, 900)
    browser.media("print")
    go(browser, "#view=waves")
    check("print has no controls", browser.run("!document.querySelector('nav').checkVisibility() && !document.getElementById('search').checkVisibility()"))
    browser.media()
    for view in views:
        go(browser, view)
        accessible(browser, view)
    go(browser, "")
    browser.run("document.getElementById('theme').click(); 0")
    check("the theme can be changed", browser.run("document.documentElement.dataset.theme") == "dark")
    check("and looks it", browser.run("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 23, 27)")


def accessible(browser, view):
    """What a screen reader gets: names on all that can be used, one main heading order, unique ids."""
    where = view or "overview"
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    used = {"button", "link", "textbox", "searchbox", "combobox", "region", "image"}
    for node in nodes:
        role = node.get("role", {}).get("value")
        if not node.get("ignored") and role in used and not node.get("name", {}).get("value", "").strip():
            check(f"everything has a name, {where}", False, f"{role} {node.get('properties', [])[:2]}")
    levels = browser.run("[...document.querySelectorAll('h1, h2, h3, h4')].filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))")
    check(f"headings leave no level out, {where}", levels[:1] == [1] and all(b - a <= 1 for a, b in zip(levels, levels[1:])), str(levels))
    check(f"ids are there once, {where}", browser.run("(() => { const ids = [...document.querySelectorAll('[id]')].map(one => one.id); return new Set(ids).size === ids.length; })()"))
    check(f"parts have landmarks, {where}", browser.run("document.querySelectorAll('main').length === 1 && document.querySelector('html').lang === 'en'"))


AXE = """axe.run(document, { resultTypes: ['violations'] }).then(found => JSON.stringify(found.violations.map(one =>
  [one.id, one.impact, one.nodes.length, one.nodes[0].html.slice(0, 120)])))"""


def axe(browser, index, expected, script):
    """What axe-core finds in the page, in both themes: nothing, by any of its rules."""
    browser.open(address(index))
    browser.run(script + "; 0")
    views = ["", "#view=waves", "#view=packages", "#view=extensions", "#view=maintainers", "#view=days", "#view=graph",
             f"#package={expected['package']}", f"#extension={expected['extension']}", "#package=no-such-package"]
    if expected.get("sources"):
        views.append(f"#package={expected['sources']}")
    for theme in ("light", "dark"):
        browser.media(prefers_color_scheme=theme)
        for view in views:
            go(browser, view)
            found = json.loads(browser.run(AXE))
            check(f"axe-core finds nothing, {theme}, {view or 'overview'}", not found, str(found[:3]))
    browser.media()
    print("axe-core looked at everything")


def hostile(browser, index, expected):
    browser.open(address(index))
    views = ["", "#view=packages", "#view=maintainers", "#view=waves", "#view=graph"] + [f"#package={name}" for name in expected["hostile"]]
    for view in views:
        go(browser, view)
        browser.run("for (const details of document.querySelectorAll('details')) details.open = true; 0")
        check(f"nothing from outside runs, {view[:60]}", browser.run("window.hacked === undefined && document.title.indexOf('hacked') < 0"))
        check(f"nothing from outside becomes markup, {view[:60]}", browser.run("document.querySelectorAll('script, img, iframe, object, b.injected').length") == 2)
        schemes = set(browser.run("[...document.querySelectorAll('a')].map(link => new URL(link.getAttribute('href'), location).protocol)"))
        check(f"links lead to the web or into the page, {view[:60]}", schemes <= {"file:", "https:", "http:"}, str(schemes))
    for name, texts in expected["hostile"].items():
        go(browser, f"#package={name}")
        text = browser.run("document.getElementById('view').textContent")
        for shown in texts:
            check(f"{name[:40]}: shown as text", shown in text, shown[:80])
    go(browser, "")
    text = browser.run("document.getElementById('overview').textContent")
    for shown in expected["skipped"]:
        check("a path that was not read is shown as text", shown in text, shown[:80])


def withoutScript(browser, index, expected):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.call("Page.navigate", url=address(index))
    browser.wait("document.readyState === 'complete'")
    text = browser.run("document.body.innerText")
    check("the overview is there without scripts", str(expected["needing"]) in text and "plan.md" in text)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def main():
    index, expected = sys.argv[1], json.load(open(sys.argv[2]))
    script = pathlib.Path(sys.argv[3]).read_text() if len(sys.argv) > 3 else None
    browser = Browser()
    try:
        parts = [loading, searching, filtering, onePackage, everyView, withoutScript]
        if expected.get("hostile"):
            parts.append(hostile)
        for part in parts:
            part(browser, index, expected)
        if script is not None and expected["count"] < 1000:
            axe(browser, index, expected, script)
        if browser.faults:
            check("nothing in the console", False, str(browser.faults[:3]))
        outside = [url for url in browser.requests if not url.startswith("file:") and url != "about:blank"]
        check("no request but for the page itself", not outside, str(outside[:3]))
        check("one file only", {url.split("#")[0] for url in browser.requests} <= {address(index), "about:blank"}, str(set(browser.requests))[:300])
    finally:
        browser.close()
    for line in broken:
        print(f"BROKEN: {line}")
    sys.exit(1 if broken else 0)


main()
