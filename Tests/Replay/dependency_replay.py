#!/usr/bin/env python3
"""Dependency replay: what we do to build files beside what the maintainers of real migrations did.

On the tree before each migration of a table (../shared/replay/migrations.tsv) `caravan rewrite --inplace --target DATE` is
run. Then the package names in each build file before, after ours and after theirs are compared: a name that goes is a
removal, one that comes an addition. The names are read by the small readers of this file, which know nothing of ours.

What counts:
- A pair (build file, name). Files that exist on one side only, moved or renamed ones, are counted apart and not compared.
- What OASIS generates (regions of `_tags` and META) follows from `_oasis` and is left out: maintainers often forget to renew it.
- A run-time part counts as its rewriter's package: `ppx_assert.runtime-lib` is ppx_assert.
- Lwt's keywords have two successors, a ppx and plain functions, and who runs the program chooses (`--lwt-style`). Where the
  maintainers' tree shows no ppx of Lwt in any source, they chose functions, and we are run with that choice.
- Migrations in whose commits the maintainers changed no dependency of the field are left out: they did that elsewhere.
- By default a dependency is counted once a checkout and kind of file: in the packages' descriptions (opam), and in those of
  the build (all others), since maintainers move names between `_oasis`, `_tags` and META. `every file` counts each file alone.
- `names of the field`: names that the catalogue of facts gives for syntax extensions and what replaces them, with everything
  called camlp4, ppx or syntax. Other dependencies that changed in the same commits are the maintainers' own business; the
  figures with them stand beside.
- `whole`: migrations after which no source of the tree shows camlp4 any more to the compiled program's scan. In the others
  the maintainers converted a part, and we are asked to convert all, so removals that they left for later look wrong.
- `why they differ` sorts what differs by what can be seen of it, without taking anything out of the figures above: our own log
  says what stays and why; whether the maintainers' tree still uses an extension, or uses what a rewriter offers, its sources say.
  What no kind explains is ours to mend.
- Rows of quality `rewrite` drop the syntax by hand, without ppx: where they add nothing, our additions look wrong.

usage: dependency_replay.py --caravan PROGRAM --tables DIRECTORY --mirrors DIRECTORY --work DIRECTORY [--only WORD] [--details FILE] [--tools]
"""

import argparse
import collections
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import tools

FORMATS = ["opam", "oasis", "tags", "meta", "dune"]


# MARK: reading names


def without_comments(text, mark="#"):
    return re.sub(rf"(?m)(?:^|(?<=\s)){re.escape(mark)}.*$", "", text)


def balanced(text, start, opening, closing):
    """The text between the bracket at `start` and the one that closes it."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] == opening:
            depth += 1
        elif text[index] == closing:
            depth -= 1
            if depth == 0:
                return text[start + 1 : index]
    return text[start + 1 :]


def opam_names(text):
    text = without_comments(text)
    names = set()
    for match in re.finditer(r"(?m)^\s*(?:depends|depopts)\s*:\s*(\[)?", text):
        if match.group(1):
            field = balanced(text, match.end() - 1, "[", "]")
        else:
            field = text[match.end() :].split("\n", 1)[0]
        field = re.sub(r"\{[^{}]*\}", " ", field)
        names |= set(re.findall(r'"([^"]+)"', field))
    return names


def without_oasis_regions(text):
    """Without what OASIS generates from `_oasis` and writes anew at every set-up: the maintainers renew it or forget to."""
    return re.sub(r"(?ms)^[^\n]*OASIS_START.*?(?:OASIS_STOP[^\n]*\n?|\Z)", "", text)


def oasis_names(text):
    names = set()
    field = re.compile(r"(?im)^([ \t]*)(?:BuildDepends|XMETARequires|BuildDepends\+)\s*[:+]+\s*(.*(?:\n(?:\1[ \t]+\S.*|[ \t]*$))*)")
    for match in field.finditer(without_comments(text)):
        for item in match.group(2).replace("\n", ",").split(","):
            word = re.match(r"\s*([\w.\-]+)", item)
            if word:
                names.add(word.group(1))
    return names


def tags_names(text):
    names = set()
    text = without_comments(without_oasis_regions(text))
    for list_ in re.findall(r"package\(([^()]*)\)", text):
        names |= {name.strip() for name in list_.split(",") if name.strip()}
    names |= set(re.findall(r"\bpkg_([\w.\-]+)", text))
    if re.search(r"syntax_camlp4|syntax\(camlp4|use_camlp4|\bcamlp4(?:o|of|oof|orf|r|rf)\b|pp\(camlp4", text):
        names.add("syntax(camlp4)")
    return names


def meta_names(text):
    names = set()
    for value in re.findall(r'(?m)^\s*requires[^=\n"]*\+?=\s*"((?:[^"\\]|\\.)*)"', without_comments(without_oasis_regions(text))):
        names |= set(re.split(r"[\s,\\]+", value)) - {""}
    return names


def dune_names(text):
    names = set()
    text = without_comments(text, ";")
    for match in re.finditer(r"\((libraries|pps)\b", text):
        body = balanced(text, match.start(), "(", ")")[len(match.group(1)) :]
        names |= {word for word in re.split(r"[\s()]+", body) if word and not word.startswith(("-", "!")) and word not in ("select", "from", "->")}
    if re.search(r"\bcamlp4\w*\b", re.sub(r"\((?:libraries|pps)[^()]*\)", "", text)):
        names.add("syntax(camlp4)")
    return names


READERS = {"opam": opam_names, "oasis": oasis_names, "tags": tags_names, "meta": meta_names, "dune": dune_names}


def format_of(path):
    name = path.rsplit("/", 1)[-1]
    if name in ("opam", "opam.in") or name.endswith(".opam"):
        return "opam"
    if name in ("_oasis", "_tags"):
        return name[1:]
    if name.endswith(".oasis") or "." not in name and path.rsplit("/", 2)[-2:-1] == ["oasis"]:
        return "oasis"
    if name == "_tags.in":
        return "tags"
    if name in ("META", "META.in") or name.startswith("META."):
        return "meta"
    if name in ("dune", "jbuild", "jbuild.in"):
        return "dune"
    return None


# MARK: names of the field


class Field:
    """Which package names have to do with camlp4 or with what replaces it."""

    def __init__(self, catalogue):
        self.names = set()
        for file in sorted(pathlib.Path(catalogue).glob("*.json")):
            for entry in json.loads(file.read_text()):
                self.take(entry.get("findlib") or [])
                replacement = entry.get("replacement") or {}
                for key in ("ppx_opam_package", "ppx_findlib", "opam_package", "findlib"):
                    self.take([replacement.get(key) or ""])
        # Libraries that serve both sides are nobody's migration.
        self.names -= {"lwt", "cstruct", "sexplib", "bin_prot", "fieldslib", "variantslib", "typerep", "core", "cow",
                       "js_of_ocaml", "eliom", "none", "pgocaml", "rpclib", "bitstring", "ulex", "re", "logs", "str"}
        self.names |= {"type_conv", "ppx_tools", "cppo", "cppo_ocamlbuild", "sedlex", "ulex", "pipebang", "herelib",
                       "comparelib", "enumerate", "pa_ounit", "pa_bench", "pa_test", "custom_printf", "optcomp"}

    def take(self, texts):
        for text in texts if isinstance(texts, list) else [texts]:
            word = re.match(r"[A-Za-z][\w.\-]+", str(text))
            if word and not re.fullmatch(r"(?:none|the|no|by|any|same|see)", word.group(), re.I):
                self.names.add(word.group())

    def has(self, name):
        return name in self.names or bool(re.search(r"camlp4|camlp5|ppx|(?:^|[.\-_])syntax\b|^pa_", name))


# MARK: trees


def git_directory(mirrors, repository):
    path = f"{mirrors}/{repository.replace('/', '+')}/repo"
    return path + "/.git" if os.path.isdir(path + "/.git") else path


def extract(directory, revision, target):
    """The tree of a revision below `target`, files of other kinds left out; False where the repository lacks it."""
    if os.path.isdir(target):
        return True
    partial = target + ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    os.makedirs(partial)
    archive = subprocess.run(["git", "-C", directory, "archive", revision], capture_output=True)
    if archive.returncode:
        shutil.rmtree(partial)
        return False
    subprocess.run(["tar", "x", "-C", partial], input=archive.stdout, check=True)
    os.rename(partial, target)
    return True


def metadata(tree):
    found = {}
    for directory, _, files in os.walk(tree):
        for name in files:
            path = os.path.join(directory, name)
            relative = os.path.relpath(path, tree)
            kind = format_of(relative)
            if kind and os.path.isfile(path) and not os.path.islink(path):
                with open(path, encoding="latin-1") as file:
                    found[relative] = (kind, READERS[kind](file.read()))
    return found


def shows_lwt_ppx(tree):
    """Whether a source or a build file of the tree has Lwt's ppx."""
    for directory, _, files in os.walk(tree):
        for name in files:
            path = os.path.join(directory, name)
            if name.endswith((".ml", ".mli", ".eliom", ".eliomi")) and os.path.isfile(path):
                with open(path, encoding="latin-1") as file:
                    if re.search(r"%lwt\b", file.read()):
                        return True
    return False


# MARK: why they differ

# What shows in a source that it is written for a rewriter.
SIGNS = {
    "ppx_sexp_conv": r"deriv[^\]]*\b(?:sexp|of_sexp|sexp_of)\b|\[%sexp_of|\[%of_sexp",
    "ppx_bin_prot": r"deriv[^\]]*\bbin_(?:io|read|write)|\[%bin_",
    "ppx_compare": r"deriv[^\]]*\bcompare\b|\[%compare",
    "ppx_fields_conv": r"deriv[^\]]*\bfields\b",
    "ppx_variants_conv": r"deriv[^\]]*\bvariants\b",
    "ppx_typerep_conv": r"deriv[^\]]*\btyperep\b",
    "ppx_enumerate": r"deriv[^\]]*\benumerate\b|\[%all",
    "ppx_here": r"\[%here\]",
    "ppx_custom_printf": r"printf\w*\s+!\"|failwithf\s+!\"",
    "ppx_deriving_rpc": r"deriv[^\]]*\brpc",
    "ppx_inline_test": r"%test",
    "ppx_bench": r"%bench",
    "ppx_expect": r"%expect",
    "ppx_deriving": r"deriv[^\]]*\b(?:show|eq|ord|enum|make|iter|map|fold)\b",
    "cstruct.ppx": r"\[%%(?:cstruct|cenum)",
    "ppx_cstruct": r"\[%%(?:cstruct|cenum)",
    "lwt.ppx": r"%lwt\b",
    "lwt_ppx": r"%lwt\b",
    "js_of_ocaml.ppx": r"##\.|%js\b",
    "ppx_bitstring": r"%bitstring",
    "bitstring.ppx": r"%bitstring",
    "sqlexpr.ppx": r"\[%sqlc?\b",
    "sedlex": r"%sedlex",
    "cppo": r"(?m)^\s*#\s*(?:if|ifdef|ifndef|define)\b",
}
# Names of packages whose extension is called otherwise.
ALIASES = {
    "syntax(camlp4)": "camlp4", "camlp4.macro": "camlp4-macro", "camlp4.extend": "camlp4-extend", "rpc.syntax": "rpclib",
    "camlp4.quotations": "camlp4-quotations", "pa_structural_sexp.syntax": "pa_structural_sexp", "lwt.syntax.log": "lwt-log",
}
# What stands for several rewriters of Jane Street's.
UMBRELLAS = {"ppx_jane", "ppx_test"}
JANE_STREET = {
    "ppx_sexp_conv", "ppx_bin_prot", "ppx_compare", "ppx_fields_conv", "ppx_variants_conv", "ppx_typerep_conv", "ppx_enumerate",
    "ppx_here", "ppx_custom_printf", "ppx_inline_test", "ppx_bench", "ppx_expect", "ppx_assert", "ppx_sexp_value", "ppx_sexp_message",
    "ppx_pipebang", "ppx_let", "ppx_fail",
}


class Explanation:
    """Why one name differs, from what the two trees and our own log show."""

    def __init__(self, base, command, scan, reads):
        self.command = " ".join(command)
        self.log = pathlib.Path(base, "log").read_text(errors="replace")
        self.before, self.after, self.ours = (self.by_group(read) for read in reads)
        self.still_used = {e for file in scan["files"] for e in file["extensions"]}
        self.sources = []
        self.gives_umbrella = not self.tells_umbrella(base + "/before") and self.tells_umbrella(base + "/after")
        for directory, _, files in os.walk(base + "/after"):
            for name in files:
                path = os.path.join(directory, name)
                if name.endswith((".ml", ".mli", ".eliom", ".eliomi", ".mll", ".mly")) and os.path.isfile(path):
                    with open(path, encoding="latin-1") as file:
                        self.sources.append(file.read())

    @staticmethod
    def tells_umbrella(tree):
        """Whether a build file or program runs ppx_jane, which ocamlbuild's tags call ppx-jane too."""
        paths = [pathlib.Path(tree, name) for name in ("_tags", "_oasis", "myocamlbuild.ml", "opam")]
        paths += pathlib.Path(tree, "oasis").glob("*")
        return any(path.is_file() and re.search(r"ppx[_-]jane", path.read_text(encoding="latin-1")) for path in paths)

    def by_group(self, read):
        groups = {"packages": set(), "build": set()}
        for kind, names in read.values():
            groups["packages" if kind == "opam" else "build"] |= folded(names)
        return groups

    def kind(self, group, name, theirs, ours):
        other = "packages" if group == "build" else "build"
        if theirs == ours:
            return "both"
        if theirs == -1:
            return self.kept(group, name)
        if ours == -1:
            return "they left it: their sources still use it" if self.uses(name) else "they left it: no source of theirs uses it"
        if ours == 1:
            if name in JANE_STREET and self.gives_umbrella:
                return "they name an umbrella (ppx_jane) for it"
            if not self.shows(name):
                return "they did without: no source of theirs shows it"
            if name in self.after[other]:
                return f"they name it in the {'opam file' if other == 'packages' else 'build'} alone"
            if name == "ppx_tools":
                return "another package of theirs (lwt, ppx_sexp_conv) brings it; cstruct asks for it"
            return "ours alone"
        if name in self.ours[other]:
            return f"we name it in the {'opam file' if other == 'packages' else 'build'} alone"
        if name in UMBRELLAS and JANE_STREET & (self.ours[group] - self.before[group]):
            return "they name an umbrella (ppx_jane), we its parts"
        if name in SIGNS and not self.shows(name):
            return "they name it, and no source of theirs shows it"
        if name in SIGNS and self.log_has_left():
            return "we left sources for a person, with the reason"
        return "no extension of the tree before became it"

    def log_has_left(self):
        return bool(re.search(r"(?m) still needs it \(", self.log))

    def kept(self, group, name):
        """Why a name stays that the maintainers removed: what our log says of it."""
        entry = ALIASES.get(name, name.removesuffix(".syntax"))
        rules = rf"{re.escape(entry)}/(?:package|dependency)" if entry != "camlp4" else r"camlp4/(?:syntax|preprocessor|package|dependency)"
        reasons = re.findall(rf"(?m)^[^\n:]+:\d+:\d+: {rules}: (.*)$", self.log)
        text = "\n".join(reasons)
        if "part of a syntax extension" in text or "camlp4's own modules" in text or re.search(r"needs it \(camlp4-(?:extend|quotations)/", text):
            return "we keep it: the package implements a syntax extension"
        left = re.findall(r"still needs it \(([^)]*)\)", text)
        if any(re.search(rf"(?m) {re.escape(rule)}: .* came on \d{{4}}-\d\d-\d\d$", self.log) for rule in left):
            return "we keep it: the rewriter came into opam later than their commit (Jane Street's own, a day)"
        if any(rule.startswith("lwt/") for rule in left) and "--lwt-style binds" in self.command:
            return "we keep it: loops and commented bindings of Lwt, which functions leave to a person"
        if left:
            return "we keep it: a construct is left to a person (" + ", ".join(sorted(set(left))[:2]) + ")"
        if "person's to edit" in text or "still needs it" in text:
            return "we keep it: a program's line (myocamlbuild.ml, Makefile) is a person's to edit"
        return "we keep it without a word"

    def uses(self, name):
        entry = ALIASES.get(name, name.removesuffix(".syntax"))
        if entry == "camlp4":
            return bool(self.still_used)
        if entry == "core":
            return bool(self.still_used & {"sexplib", "bin_prot", "comparelib", "fieldslib", "variantslib", "herelib", "pipebang", "type_conv"})
        return entry in self.still_used

    def shows(self, name):
        sign = SIGNS.get(name)
        if sign is None:
            return True
        return any(re.search(sign, text) for text in self.sources)


# MARK: one migration


def replay(row, options):
    repository, before, after, date = (row[key] for key in ("repo", "before_sha", "after_sha", "date"))
    directory = git_directory(options.mirrors, repository)
    base = f"{options.work}/{repository.replace('/', '+')}-{before[:10]}-{after[:10]}"
    trees = [base + "/before", base + "/after"]
    os.makedirs(base, exist_ok=True)
    if not os.path.isdir(directory) or not all(extract(directory, *pair) for pair in zip((before, after), trees)):
        return None
    ours = base + "/ours"
    shutil.rmtree(ours, ignore_errors=True)
    shutil.copytree(trees[0], ours, symlinks=True)
    command = [options.caravan, "rewrite", "--inplace", "--allow-no-vcs", "--allow-dirty", "--jobs", "1", "--target", date, ours]
    if not shows_lwt_ppx(trees[1]):
        command[2:2] = ["--lwt-style", "binds"]
    run = subprocess.run(command, capture_output=True)
    if run.returncode:
        raise RuntimeError(f"{' '.join(command)}: status {run.returncode}: {run.stderr[-300:]!r}")
    with open(base + "/log", "wb") as log:
        log.write(run.stderr)
    scanned = base + "/after.json"
    if not os.path.exists(scanned):
        scan = subprocess.run([options.caravan, "scan", "--jobs", "1", "--format", "json", "--quiet", trees[1]], capture_output=True)
        with open(scanned, "wb") as file:
            file.write(scan.stdout)
    with open(scanned, "rb") as file:
        after = json.load(file)
    is_whole = not any(file["findings"] for file in after["files"])
    result = {"row": row, "status": run.returncode, "whole": is_whole, "events": [], "files": [], "moved": 0}
    read = [metadata(tree) for tree in (trees[0], trees[1], ours)]
    groups = {}
    for path in sorted(read[0]):
        kind, old = read[0][path]
        if path not in read[1]:
            result["moved"] += bool(any(options.field.has(name) for name in old))
            continue
        sets = [folded(names) for names in (old, read[1][path][1], read[2].get(path, (kind, set()))[1])]
        result["files"] += [(kind, path, *event) for event in events(*sets)]
        group = groups.setdefault("packages" if kind == "opam" else "build", [set(), set(), set()])
        for whole, part in zip(group, sets):
            whole |= part
    explanation = Explanation(base, command, after, read)
    result["kinds"] = {}
    for group in sorted(groups):
        for event in events(*groups[group]):
            result["events"].append((group, "", *event))
            result["kinds"][(group, event[0])] = explanation.kind(group, *event)
    if options.tools:
        result["tools"] = tools.check(base, read[0], options.caravan)
    return result


def folded(names):
    return {re.sub(r"^(ppx_\w+)\.(?:runtime-lib|collector|runtime)$", r"\1", name) for name in names}


def events(old, theirs, ours):
    for name in sorted(old | theirs | ours):
        event = ((name in theirs) - (name in old), (name in ours) - (name in old))
        if event != (0, 0):
            yield (name, *event)


# MARK: figures


def ratio(part, whole):
    return f"{part / whole:.2f}" if whole else "   -"


def figures(title, events):
    line = f"{title:<34}"
    for sign in (-1, 1):
        both = sum(1 for e in events if e[3] == sign and e[4] == sign)
        ours = sum(1 for e in events if e[4] == sign)
        theirs = sum(1 for e in events if e[3] == sign)
        line += f"  {ratio(both, ours)} of {ours:4}  {ratio(both, theirs)} of {theirs:4}"
    return line


def report(results, field):
    relevant = lambda result, key="events": [e for e in result[key] if field.has(e[2])]
    # Where the maintainers changed no dependency of the field in these commits, they did it in others: nothing to compare.
    silent = [r for r in results if not any(event[3] for event in relevant(r))]
    results = [r for r in results if r not in silent]
    print(f"{len(silent)} migrations whose build files changed in other commits are left out", end="\n\n")
    print(f"{'':<34}  removals                      additions")
    print(f"{'':<34}  precision     recall          precision     recall")
    is_dump = lambda r: "version dump" in r["row"]["note"]
    groups = [("all rows", lambda r: True)]
    groups += [(f"{q} rows", lambda r, q=q: r["row"]["quality"] == q) for q in ("clean", "mixed", "rewrite")]
    groups += [("whole", lambda r: r["whole"]), ("whole, clean", lambda r: r["whole"] and r["row"]["quality"] == "clean")]
    groups += [("whole, not a version dump", lambda r: r["whole"] and not is_dump(r))]
    groups += [("whole, clean, not a version dump", lambda r: r["whole"] and r["row"]["quality"] == "clean" and not is_dump(r))]
    for title, takes in groups:
        chosen = [r for r in results if takes(r)]
        print(figures(f"{title} ({len(chosen)})", [e for r in chosen for e in relevant(r)]))
    print(figures("all rows, every name", [e for r in results for e in r["events"]]))
    print(figures("all rows, every file", [e for r in results for e in relevant(r, "files")]))
    for kind in FORMATS:
        print(figures(f"whole, every file: {kind}", [e for r in results if r["whole"] for e in relevant(r, "files") if e[0] == kind]))
    print(f"files of the field moved or removed by the maintainers, not compared: {sum(r['moved'] for r in results)}")
    explain(results, relevant)


def explain(results, relevant):
    """What differs, by kind, over all rows; then name by name."""
    kinds = collections.Counter()
    wrong = collections.Counter()
    for result in results:
        for kind, _, name, theirs, ours in relevant(result):
            if theirs == ours:
                continue
            sign = "removed" if (theirs or ours) < 0 else "added"
            side = "theirs alone" if ours == 0 else "ours alone"
            why = result["kinds"][(kind, name)]
            kinds[(sign, side, why)] += 1
            wrong[(sign, side, why, kind, name)] += 1
    print("\nwhy they differ (all rows)")
    for (sign, side), _ in itertools.groupby(sorted(kinds), key=lambda key: key[:2]):
        total = sum(count for key, count in kinds.items() if key[:2] == (sign, side))
        print(f"{total:5}  {sign}, {side}")
        for key, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
            if key[:2] == (sign, side):
                print(f"       {count:5}  {key[2]}")
    def count(sign, side, *words):
        return sum(n for key, n in kinds.items() if key[:2] == (sign, side) and any(word in key[2] for word in words))

    both = collections.Counter(e[4] for r in results for e in relevant(r) if e[3] == e[4])
    ours = {sign: both[n] + count(sign, "ours alone", "") for sign, n in (("removed", -1), ("added", 1))}
    idle = count("removed", "ours alone", "no source of theirs uses it")
    reasons = count("removed", "theirs alone", "we keep it: ")
    umbrella = count("added", "ours alone", "umbrella")
    without = count("added", "ours alone", "did without", "in the build alone")
    print("\nthe same figures with one kind each set aside")
    print(f"{ratio(both[-1] + idle, ours['removed'])}  removals, precision: what no source of theirs uses counted as rightly removed")
    print(f"{ratio(both[-1], both[-1] + count('removed', 'theirs alone', '') - reasons)}  removals, recall: of what our log does not give a reason for")
    print(f"{ratio(both[1], ours['added'] - umbrella)}  additions, precision: without those for which they name an umbrella")
    print(f"{ratio(both[1], ours['added'] - umbrella - without)}  additions, precision: also without what they did by hand, or name in the build alone")
    print("\nname by name")
    for key, count in sorted(wrong.items(), key=lambda item: (item[0][:3], -item[1], item[0])):
        print(f"{count:5}  {key[0]}, {key[1]}: {key[2]}: {key[3]} {key[4]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("caravan", "tables", "mirrors", "work"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--details")
    parser.add_argument("--tools", action="store_true", help="have opam, findlib, ocamlbuild, OASIS and dune read what was edited")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    options.work = os.path.abspath(options.work)
    options.field = Field(options.tables + "/../catalogue")
    with open(options.tables + "/migrations.tsv") as file:
        head, *lines = [line.rstrip("\n").split("\t") for line in file]
    rows = [dict(zip(head, line)) for line in lines]
    rows = [row for row in rows if options.only in row["repo"] + " " + row["date"]]
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda row: replay(row, options), rows))
    absent = [row["repo"] for row, result in zip(rows, results) if result is None]
    if absent:
        print(f"SKIPPED: not among the mirrors: {', '.join(sorted(set(absent)))}", file=sys.stderr)
    results = [result for result in results if result is not None]
    if not results:
        sys.exit("dependency replay: the mirrors have none of the repositories")
    report(results, options.field)
    if options.tools:
        tools.report([result["tools"] for result in results])
    if options.details:
        with open(options.details, "w") as file:
            for result in results:
                row = result["row"]
                for kind, path, name, theirs, ours in result["events"] + result["files"]:
                    sign = {(-1, -1): "both", (1, 1): "both"}.get((theirs, ours), "theirs" if ours == 0 else "ours" if theirs == 0 else "against")
                    file.write("\t".join([row["repo"], row["date"], row["before_sha"][:10], row["quality"], "whole" if result["whole"] else "part", kind, path,
                                          "removed" if (theirs or ours) < 0 else "added", sign, name,
                                          "field" if options.field.has(name) else "other",
                                          result["kinds"].get((kind, name), "")]) + "\n")


if __name__ == "__main__":
    main()
