#!/usr/bin/env bash
# The gate's figures beside its peers', from one run: Tests/Benchmark/gate.sh CARAVAN SOURCES [OPAM-HISTORY]
#   CARAVAN       the program
#   SOURCES       a directory of OCaml sources, which becomes a checkout of its own
#   OPAM-HISTORY  a git repository or bundle that holds an opam repository, if that is to be measured too
# CPU is user and system time of the best of ROUNDS (5) runs; peers take turns with us. A peer that is not there is told.
set -eu -o pipefail
caravan=$(realpath "$1")
sources=$(realpath "$2")
history=${3-}
rounds=${ROUNDS:-5}
words='camlp4|lwt|try_lwt|match_lwt|for_lwt|while_lwt|raise_lwt|assert_lwt|finally|cstruct|cenum|TEST|TEST_UNIT|TEST_MODULE'
words="$words|BENCH|IFDEF|IFNDEF|ENDIF|DEFINE|EXTEND|GEXTEND|DELETE_RULE|parser|perform|bitmatch|BITSTRING|jsnew|jsobject"
words="$words|deriving|Syntax"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=b GIT_AUTHOR_EMAIL=b GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b

# Milliseconds of one command, wall clock (R) or CPU (U and S), whatever its status.
cost() {
    local kind=$1 times
    shift
    TIMEFORMAT='%R %U %S'
    times=$({ time "$@" >"$work/out" 2>&1 || true; } 2>&1)
    awk -v kind="$kind" '{ print kind == "wall" ? 1000 * $1 : 1000 * ($2 + $3) }' <<<"$times"
}

# Runs two commands in turns and prints the least of each: compare KIND LABEL OURS -- PEER, as arrays' names.
compare() {
    local kind=$1 label=$2 ours=() theirs=() i
    local -n our=$3 their=$4
    for ((i = 0; i < rounds; i++)); do
        ours+=("$(cost "$kind" "${our[@]}")")
        theirs+=("$(cost "$kind" "${their[@]}")")
    done
    printf '%s\n' "${ours[*]}" "${theirs[*]}" | awk -v label="$label" -v kind="$kind" '
        { least[NR] = $1; for (i = 2; i <= NF; i++) if ($i < least[NR]) least[NR] = $i }
        END { printf "%-58s %8.0f ms %8.0f ms  %s: ratio %.2f, difference %+.0f ms\n",
            label, least[1], least[2], kind, least[1] / (least[2] > 0 ? least[2] : 1), least[1] - least[2] }'
}

printf '%-58s %11s %11s\n' '' ours peer
mkdir "$work/checkout"
cd "$work/checkout"
(cd "$sources" && find -L . \( -name '*.ml' -o -name '*.mli' \) -print0 | tar --null --files-from=- -chf -) | tar -xf -
git init --quiet --initial-branch=main
git add --all
git commit --quiet -m start
"$caravan" baseline create --baseline "$work/baseline" 2>"$work/out"
count=$(git ls-files | wc -l)

start=("$caravan" --version)
nothing=(true)
compare cpu "start-up, beside /bin/true" start nothing
if command -v rg >/dev/null; then
    search=(rg -c -g '*.ml' -g '*.mli' "$words")
    anew=("$caravan" gate --baseline "$work/baseline" --no-cache)
    again=("$caravan" gate --baseline "$work/baseline" --cache "$work/digests")
    compare cpu "gate --baseline, $count files, all read anew, beside rg -c" anew search
    "${again[@]}" >"$work/out" 2>&1 || true
    compare cpu "gate --baseline, $count files, a later run, beside rg -c" again search
else
    echo 'SKIPPED: rg is not there' >&2
fi

git ls-files | awk -v step="$((count / 3))" 'NR % step == 1' | head -3 | while read -r file; do echo >>"$file"; done
since=("$caravan" gate --since HEAD)
stat=(git diff --stat HEAD)
compare wall "gate --since, 3 files of $count, beside git diff --stat" since stat

[ -n "$history" ] || exit 0
if ! command -v opam >/dev/null; then
    echo 'SKIPPED: opam is not there' >&2
    exit 0
fi
git clone --quiet "$history" "$work/opam"
cd "$work/opam"
base=$(git rev-parse HEAD)
git checkout --quiet -b change
package() {
    mkdir -p "packages/$1/$1.1"
    printf 'opam-version: "2.0"\ndepends: [\n%s\n]\n' "$2" >"packages/$1/$1.1/opam"
}
package bench-net '"ocaml" {>= "4.08"} "dune" "lwt" "cohttp-lwt-unix" "cstruct" {>= "6.0.0"} "alcotest" {with-test}'
package bench-core '"ocaml" {>= "4.08"} "dune" "core" {>= "v0.14"} "async" "ppx_jane" "odoc" {with-doc}'
package bench-tool '"ocaml" "dune" "menhir" {build} "yojson" "cmdliner" {>= "1.1.0"} "fmt" "logs"'
package bench-tls '"ocaml" {>= "4.10"} "dune" "tls" {>= "0.15"} "mirage-crypto-rng" "ppxlib" {>= "0.22"}'
package bench-web '"ocaml" "ocamlfind" {build} "zarith" "js_of_ocaml" "ppx_deriving"'
git add --all
git commit --quiet -m change
rounds=1
export OPAMROOT=/nonexistent OPAMYES=1
gate=("$caravan" gate --repository . --since "$base" --ocaml 4.14.2)
list=(opam admin list --recursive --depends-on camlp4 --short)
compare cpu "gate of 5 packages of $(git ls-files 'packages/**/opam' | wc -l), beside opam admin list" gate list
