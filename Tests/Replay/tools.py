"""The edited build files of a replayed migration, read back by the tools whose formats they are; and what is left in them.

A file counts as worse where its tool says more against it than against the file before. `check` gives, for one migration,
counts by tool; `report` prints their sums.
"""

import collections
import json
import os
import re
import shutil
import subprocess
import tempfile


def run(command, directory=None, **environment):
    if shutil.which(command[0]) is None:
        return None
    try:
        return subprocess.run(
            command, cwd=directory, capture_output=True, timeout=60, stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C", "OPAMROOT": "/nonexistent", **environment})
    except subprocess.TimeoutExpired:
        return None


def opam(path, _):
    """How many errors and warnings `opam lint` has, and how many words of format 1.2 it finds old-fashioned."""
    answer = run(["opam", "lint", path])
    if answer is None:
        return None
    text = (answer.stdout + answer.stderr).decode("utf8", "replace")
    found = re.findall(r"^\s*(error|warning)\s+(\d+)", text, re.M)
    # What opam 2 says of format 1.2's own words: there is no other way to state OCaml's version, or tests, in it.
    of_old_format = [("error", "32"), ("warning", "58")]
    is_old = re.search(rb'(?m)^opam-version:\s*"1', open(path, "rb").read()) is not None
    told = [entry for entry in found if not (is_old and entry in of_old_format)]
    return (sum(kind == "error" for kind, _ in told), sum(kind == "warning" for kind, _ in told), len(found) - len(told))


def meta(path, _):
    """Whether findlib finds the package that the file describes."""
    with tempfile.TemporaryDirectory() as directory:
        os.mkdir(directory + "/replayed")
        shutil.copy(path, directory + "/replayed/META")
        answer = run(["ocamlfind", "query", "-format", "%p", "replayed"], OCAMLPATH=directory)
        return None if answer is None else (answer.returncode,)


def tags(path, _):
    """Whether ocamlbuild takes the lines."""
    with tempfile.TemporaryDirectory() as directory:
        shutil.copy(path, directory + "/_tags")
        answer = run(["ocamlbuild", "-no-plugin", "-classic-display", "-show-tags", "a.ml"], directory)
        return None if answer is None else (answer.returncode,)


def oasis(path, _):
    answer = run(["oasis", "query", "-oasis", os.path.basename(path), "Name"], os.path.dirname(path))
    return None if answer is None else (answer.returncode,)


def dune(path, name):
    """Whether dune formats it; a jbuild file is first put through `dune upgrade`."""
    if name.startswith("jbuild"):
        with tempfile.TemporaryDirectory() as directory:
            shutil.copy(path, directory + "/jbuild")
            answer = run(["dune", "upgrade", "--root", "."], directory)
            return None if answer is None else (answer.returncode, not os.path.exists(directory + "/dune"))
    answer = run(["dune", "format-dune-file", path])
    return None if answer is None else (answer.returncode,)


READERS = {"opam": opam, "meta": meta, "tags": tags, "oasis": oasis, "dune": dune}


def same(left, right):
    with open(left, "rb") as first, open(right, "rb") as second:
        return first.read() == second.read()


def check(base, files, caravan):
    counts = collections.Counter()
    worse = []
    for path, (kind, _) in sorted(files.items()):
        before, after = f"{base}/before/{path}", f"{base}/ours/{path}"
        if not os.path.exists(after) or same(before, after):
            continue
        name = os.path.basename(path)
        old, new = READERS[kind](before, name), READERS[kind](after, name)
        if old is None or new is None:
            counts[kind, "not asked"] += 1
            continue
        counts[kind, "edited"] += 1
        if any(ours > theirs for theirs, ours in zip(old, new)):
            if kind == "opam" and old[:2] == new[:2]:
                counts["opam", "old words"] += 1
            else:
                worse.append((kind, after, old, new))
    scan = subprocess.run([caravan, "scan", "--jobs", "1", "--format", "json", "--quiet", base + "/ours"], capture_output=True)
    with open(base + "/log", encoding="utf8", errors="replace") as file:
        # Lines of a changed file moved, so what is left is matched by file and rule, one reason for each.
        told = collections.Counter(re.findall(r"(?m)^(.*?):\d+:\d+: ([\w./-]+): ", file.read()))
    left = []
    for entry in json.loads(scan.stdout)["metadata"]:
        for finding in entry["findings"]:
            counts["lines", "left"] += 1
            if told[finding["path"], finding["rule"]] > 0:
                told[finding["path"], finding["rule"]] -= 1
            else:
                left.append((finding["path"], finding["range"]["start"]["line"], finding["message"]))
    return {"counts": counts, "worse": worse, "untold": [(base, *line) for line in left]}


def report(results):
    counts = sum((result["counts"] for result in results), collections.Counter())
    worse = [entry for result in results for entry in result["worse"]]
    print("\nedited files, read back by their own tools")
    for kind in READERS:
        asked = counts[kind, "edited"]
        bad = sum(1 for entry in worse if entry[0] == kind)
        print(f"{kind:<8} {asked:4} edited, {asked - bad:4} at least as good as before, {counts[kind, 'not asked']} not asked")
    print(f"of the opam files {counts['opam', 'old words']} say more of format 1.2, which opam 2 calls deprecated (error 32, warning 58)")
    for kind, path, old, new in worse:
        print(f"  worse: {kind} {path}: {old} before, {new} after")
    untold = [line for result in results for line in result["untold"]]
    print(f"lines that bring camlp4 in after the rewrite: {counts['lines', 'left']}, without a reported reason: {len(untold)}")
    for base, path, line, message in untold[:20]:
        print(f"  {base}: {path}:{line}: {message}")
