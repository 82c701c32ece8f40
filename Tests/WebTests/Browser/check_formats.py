"""Holds the machine formats of a plan to their schemas and to the plan, with Debian's own readers.

check_formats.py FOLDER: FOLDER has plan/ (as `plan --output` writes it), plan.db, scan.json, what-if.json, history.json and
NAME.schema.json for each schema. Prints a line for each thing that does not hold; exit status 1 if there is one.
"""
import csv
import json
import pathlib
import sqlite3
import sys
import xml.etree.ElementTree

import jsonschema

broken = []
folder = pathlib.Path(sys.argv[1])
out = folder / "plan"


def check(what, holds, detail=""):
    if not holds:
        broken.append(f"{what} {detail}".rstrip())


def valid(name, path):
    schema = json.loads((folder / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    document = json.loads(path.read_text())
    errors = [f"{list(error.absolute_path)}: {error.message[:120]}" for error in validator.iter_errors(document)]
    check(f"{path.name} keeps to its schema", not errors, str(errors[:3]))
    # A schema that takes anything shows nothing: without any one of its required members a document must be refused.
    for member in schema["required"]:
        without = {key: value for key, value in document.items() if key != member}
        check(f"the schema {name} asks for {member}", not validator.is_valid(without))
    return document


def rows(name):
    with open(out / name, newline="") as file:
        table = list(csv.reader(file))
    check(f"{name}: all rows are as long as the header", all(len(row) == len(table[0]) for row in table))
    return [dict(zip(table[0], row)) for row in table[1:]]


plan = valid("plan", out / "plan.json")
stats = valid("stats", out / "stats.json")
valid("scan", folder / "scan.json")
valid("what-if", folder / "what-if.json")
valid("history", folder / "history.json")
packages = {entry["name"]: entry for entry in plan["packages"]}

table = rows("packages.csv")
check("packages.csv has every package", [row["name"] for row in table] == list(packages))
check("packages.csv says the same", all(row["status"] == packages[row["name"]]["status"] and row["wave"] == str(packages[row["name"]]["wave"] or "") for row in table))
check("dependencies.csv has every edge", [(row["from"], row["to"], row["kind"], row["constraint"]) for row in rows("dependencies.csv")]
      == [(edge["from"], edge["to"], edge["kind"], edge["constraint"]) for edge in plan["edges"]])
check("waves.csv has every package of every wave", [(int(row["wave"]), row["package"]) for row in rows("waves.csv")]
      == [(wave["number"], name) for wave in plan["waves"] for name in wave["packages"]])
rows("extensions.csv")
check("maintainers.csv has no address", all("@" not in row["maintainer"] for row in rows("maintainers.csv")))

check("stats.json counts the plan", stats["statuses"] == plan["totals"] and stats["packages"] == len(packages)
      and stats["needing"] == sum(entry["needs_camlp4"] for entry in packages.values()))

database = sqlite3.connect(folder / "plan.db")
check("the database is sound", database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
check("the database has the packages", database.execute("SELECT name, status, wave FROM packages ORDER BY rowid").fetchall()
      == [(entry["name"], entry["status"], entry["wave"]) for entry in packages.values()])
check("the database has the edges", database.execute('SELECT count(*) FROM dependencies').fetchone()[0] == len(plan["edges"]))
check("the database has who blocks whom", sorted(database.execute("SELECT blocker, blocked FROM blocks").fetchall())
      == sorted((blocker, entry["name"]) for entry in packages.values() for blocker in entry["blocked_by"]))
examples = database.execute("SELECT question, query FROM example_queries").fetchall()
check("there are five example queries", len(examples) == 5)
for question, query in examples:
    check(f"an example has an answer: {question}", database.execute(query).fetchall())
check("the view of what can move", [row[0] for row in database.execute("SELECT name FROM movable")]
      == [entry["name"] for entry in sorted(packages.values(), key=lambda entry: entry["rank"] or 0) if entry["wave"] == 1])

for path in sorted(out.rglob("*.svg")):
    root = xml.etree.ElementTree.parse(path).getroot()
    check(f"{path.name} is a picture", root.tag.endswith("svg"))
check("there is a badge for each status that occurs", {path.stem for path in (out / "badges").iterdir()}
      == {"needing"} | {status for status, count in plan["totals"].items() if count})
diagram = (out / "graph.mmd").read_text().splitlines()
nodes = {line.strip().split("[")[0] for line in diagram if "[" in line}
ends = {end for line in diagram if "-->" in line for end in line.split() if end != "-->"}
check("the Mermaid diagram's arrows join its boxes", diagram[0] == "flowchart LR" and ends and ends <= nodes)

for line in broken:
    print(f"BROKEN: {line}")
sys.exit(1 if broken else 0)
