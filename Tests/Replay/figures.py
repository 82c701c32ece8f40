#!/usr/bin/env python3
"""Shares of camlp4 files that come out so that stock OCaml takes them, by what the files hold.

    figures.py OURS.tsv CARAVAN [--data DIRECTORY]

OURS.tsv is what the replay's score.py wrote; CARAVAN the program that it ran; DIRECTORY holds the replay's tables and its lib.py.
MIRRORS and STOCK_PARSER are set as for score.py.

What is counted: distinct files that stock OCaml rejects and in which the replay's table saw a feature of camlp4, without the
negative controls. A file counts as converted where the program ended with 0 and stock OCaml takes its output. Apart stand:

- implements: EXTEND, DELETE_RULE, Camlp4's own modules, Pcaml (the table's `camlp4ext`): sources of extensions.
- ppx: Jane Street's rows after their move to ppx (2016-01-12) whose only feature is `#if` or `##` of ppx_optcomp and cppo.
- manual: holds a construct that the catalogue calls manual, told by the expressions below over the text without comments.
- takes in: the output has cppo's #include. The scorer gives cppo the text alone, so it takes none of these. They are counted as not
  converted first, and then judged with nothing in place of the file that is taken in, once with no name defined and once with all."""
import argparse
import csv
import gzip
import os
import re
import subprocess
import sys
import tempfile

PPX_SINCE = "2016-01-13"
# Constructs that the catalogue calls manual, and what shows them.
MANUAL = {
    "quotations": rb"<:(?!(?:sexp_of|of_sexp|sexp|here|bin_\w+|compare|all|typerep_of|test_\w+|structural_sexp)[@<:])[\w.:]*[@<]"
    rb"|(?<![<\w])<<(?![<=])[^<>]{0,2000}?>>",
    "type_conv's generators without a ppx": rb"\bwith\s+(?:\w+\s*,\s*)*(?:orm|json|xml|html|type_of|value)\b(?!\s*(?:=|;|\}|:|\.|->|\|))",
    "generators taken off": rb"\bwith\s+(?:\w+\s*,\s*)*\w+\s*-\s*\w+",
    "interfaces for RPC": rb"\bwith_gen\b|\brpclib\.idl\b",
    "revised syntax": rb"^value\s+(?:rec\s+)?\w+|\[\s*=\s*`",
    "optcomp's variables": rb"^#\s*(?:let|let_default|default)\b",
    "directives": rb"^#\s*(?!if|elif|else|endif|let|default|include|import|error|warning|define|undef|directory|\d)[a-z]\w*",
    "macros of mikmatch": rb"(?<![\w.])(?:FILTER|SPLIT|REPLACE|SEARCH|COLLECT|CAPTURE)(?:_FIRST)?\s+\(?RE\b|^\s*RE\s+\w+\s*=",
    "HAVE, LOG, NOTHING": rb"^HAVE\s|\bLOG\s+\"|\bNOTHING\b",
}


def rows(path):
    path = path if os.path.exists(path) else path + ".gz"
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ours")
    parser.add_argument("caravan")
    parser.add_argument("--data", default="../shared/replay")
    options = parser.parse_args()
    sys.path.insert(0, options.data)
    import lib

    features = {row["blob"]: row["features"] for row in rows(f"{options.data}/rejected.tsv")}
    controls = {(row["repo"], row["sha"]): row["kind"] for row in rows(f"{options.data}/controls.tsv")}
    dates = {
        (row["repo"], row["before_sha"], row["after_sha"]): row["date"] for row in rows(f"{options.data}/migrations.tsv")
    }
    manual = {name: re.compile(pattern, re.M) for name, pattern in MANUAL.items()}
    server, blobs = lib.Srv(), {}

    def source(row):
        if row["repo"] not in blobs:
            blobs[row["repo"]] = lib.Cat(row["repo"])
        return blobs[row["repo"]].get(row["blob"]) or b""

    def date(row):
        return dates.get((row["repo"], row["sha"], row["after_sha"]), "2020-01-01")

    def without_what_it_takes_in(row):
        """Whether stock OCaml takes the output with nothing in place of what it takes in; None where it takes in nothing."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, os.path.basename(row["path"]))
            with open(path, "wb") as file:
                file.write(source(row))
            command = [options.caravan, "rewrite", "--target", date(row), "--print", path]
            output = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
            text, count = re.subn(rb'^([ \t]*)#[ \t]*include\b.*$', rb"\1", output, flags=re.M)
            if count == 0:
                return None
            names = set(re.findall(rb"(?:#\s*ifn?def\s+|defined\s+)(\w+)", text))
            for defined in ([], [b"-D " + name for name in sorted(names)]):
                judged = subprocess.run(
                    ["cppo", "-V", "OCAML:4.02.3", *(word for option in defined for word in option.split())],
                    input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder)
                if judged.returncode != 0 or server.verdict(lib.kind(row["path"]), judged.stdout) != "ok":
                    return False
            return True

    seen, counted, misses = set(), [], []
    for row in rows(options.ours):
        shown = features.get(row["blob"], "")
        kind = controls.get((row["repo"], row["sha"]))
        if row["blob"] in seen or row["before_verdict"] != "rejects" or not shown:
            continue
        if kind in ("negative", "other-preprocessor"):
            continue
        seen.add(row["blob"])
        text = lib.strip(source(row))
        groups = set()
        if "camlp4ext" in shown.split(","):
            groups.add("implements")
        only = set(shown.split(",")) <= {"optcomp", "js"}
        if row["repo"].startswith("janestreet/") and only and date(row) >= PPX_SINCE:
            groups.add("ppx")
        kinds = sorted(name for name, pattern in manual.items() if pattern.search(text))
        if kinds:
            groups.add("manual")
        accepted = row["output_accepted_by_stock"] == "1"
        alone = True if accepted else without_what_it_takes_in(row)
        if not accepted and alone is not None:
            groups.add("takes in")
        counted.append((groups, accepted, accepted or bool(alone)))
        if not accepted and not alone and not groups & {"implements", "ppx", "manual"}:
            misses.append(f"  {row['repo']} {row['path']}: {row['error'].split(' | ')[0].split('/f/')[-1][:150]}")

    def share(title, chosen, column):
        count = sum(1 for entry in chosen if entry[column])
        print(f"{count:6} of {len(chosen):5}  {100 * count / max(1, len(chosen)):5.1f} %  {title}")

    users = [entry for entry in counted if "implements" not in entry[0] and "ppx" not in entry[0]]
    plain = [entry for entry in users if "manual" not in entry[0]]
    print(f"{len(counted)} distinct camlp4 files;", ", ".join(
        f"{sum(1 for entry in counted if name in entry[0])} {name}" for name in ("implements", "ppx", "manual", "takes in")))
    share("of all", counted, 1)
    share("of all but sources of extensions", [entry for entry in counted if "implements" not in entry[0]], 1)
    share("of those, without what was ppx before", users, 1)
    share("  the same, what is taken in left out of the text", users, 2)
    share("of those that hold nothing manual", plain, 1)
    share("  the same, what is taken in left out of the text", plain, 2)
    share("  of those that take in no other file", [entry for entry in plain if "takes in" not in entry[0]], 1)
    print("\nNothing manual in them, and not converted:")
    print("\n".join(misses))


main()
