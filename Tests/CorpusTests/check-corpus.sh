#!/usr/bin/env bash
# Holds the corpus against the real tools, without any program of ours: what is called plain OCaml must be that, what uses
# only camlp4's own extensions must go through camlp4o, what is said to build must build, the universes must please opam,
# the broken files must be broken, and every expected finding must point at its word. Prints what fails; exits 1 if anything.
set -u
export LC_ALL=C OPAMROOT=/nonexistent OPAMYES=1
corpus=$(cd "$(dirname "$0")/../../corpus" && pwd) || exit 1
expected=$(cd "$(dirname "$0")/Expected" && pwd) || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
checks=0

# check WHAT COMMAND...: the command must succeed.
check() {
    local what=$1
    shift
    checks=$((checks + 1))
    if ! "$@" >"$work/log" 2>&1; then
        failures=$((failures + 1))
        printf 'corpus: %s\n' "$what"
        head -5 "$work/log" | sed 's/^/    /'
    fi
}

refused() { ! "$@"; }

stock() { ocamlc -stop-after parsing -o "$work/out" -c "$1"; }

# Stream parsers come with camlp4o itself, macros with the other module.
camlp4() { camlp4o -I +camlp4 -parser Camlp4MacroParser -printer Camlp4OCamlAstDumper "$1" -o "$work/out"; }

# The rules expected in one file of a checkout.
rules() { awk -F '\t' -v file="$2" '$1 == file && $4 !~ /^metadata/ { print $4 }' "$expected/$1.tsv"; }

# What must stand where a rule points.
word_of() {
    case $1 in
        metadata/*) echo '("(camlp4|type_conv|comparelib|pa_ounit|pa_bench|herelib)"|-syntax camlp4o|-pp |camlp4|syntax[_(]camlp4o|package\(|[a-z_]+\.syntax)' ;;
        type_conv/path) echo 'TYPE_CONV_PATH' ;;
        type_conv/*) echo 'with([^a-z]|$)' ;;
        lwt/let) echo 'lwt ' ;;
        lwt/bind) echo '>>([^=]|$)' ;;
        lwt/finally) echo 'try_lwt' ;;
        sexplib/type) echo 'sexp_(option|list|array|bool|opaque)' ;;
        camlp4-extend/precast) echo 'Camlp4\.' ;;
        lwt/*) echo "${1#lwt/}_lwt" ;;
        cstruct/*) echo "${1#cstruct/} " ;;
        pa_ounit/test) echo 'TEST( |=)' ;;
        pa_ounit/test-unit) echo 'TEST_UNIT' ;;
        pa_ounit/test-module) echo 'TEST_MODULE' ;;
        pa_bench/bench) echo 'BENCH' ;;
        pa_bench/bench-fun) echo 'BENCH_FUN' ;;
        pa_bench/bench-indexed) echo 'BENCH_INDEXED' ;;
        herelib/here) echo '_here_' ;;
        camlp4-macro/ifdef) echo 'IFN?DEF ' ;;
        camlp4-macro/define) echo 'DEFINE ' ;;
        camlp4-stream-parsers/parser) echo 'parser' ;;
        camlp4-stream-parsers/literal) echo '\[<' ;;
        */quotation) echo '<:[a-z_]+(@[a-z]+)?<' ;;
        *) echo 'no such rule' ;;
    esac
}

points_at() {
    local file=$1 line=$2 column=$3 rule=$4
    sed -n "${line}p" "$file" | cut -b "$((column + 1))-" | grep -Eq "^$(word_of "$rule")"
}

for table in "$expected"/*.tsv; do
    project=$(basename "$table" .tsv)
    check "$project.tsv is not sorted" sort -c -t "$(printf '\t')" -k1,1 -k2,2n -k3,3n -k4,4 "$table"
    while IFS=$'\t' read -r path line column rule; do
        check "$project.tsv: no $rule at $path:$line:$column" points_at "$corpus/checkouts/$project/$path" "$line" "$column" "$rule"
    done <"$table"
done

for project in "$corpus"/checkouts/*/; do
    project=$(basename "$project")
    check "$project has no table of expected findings" test -s "$expected/$project.tsv"
    while read -r path; do
        file=$corpus/checkouts/$project/$path
        found=$(rules "$project" "$path")
        # A script for the toplevel: its directives are no structure items.
        if grep -q '^#use ' "$file"; then continue; fi
        case $found in
            '') check "stock OCaml refuses $project/$path" stock "$file" ;;
            *)
                if ! grep -Evq '^camlp4-(streams|macro)/' <<<"$found"; then
                    check "camlp4o refuses $project/$path" camlp4 "$file"
                    check "stock OCaml takes $project/$path" refused stock "$file"
                fi
                ;;
        esac
    done < <(cd "$corpus/checkouts/$project" && find . -name '*.ml' -o -name '*.mli' | sed 's|^\./||' | sort)
done

build_reckoner() { cp -r "$corpus/checkouts/reckoner" "$work/" && make -C "$work/reckoner" test; }
build_milestones() {
    cp -r "$corpus/checkouts/milestones" "$work/" && cd "$work/milestones" && dune build --root . @all @runtest
}
check 'reckoner does not build and pass its tests' build_reckoner
check 'milestones does not build and pass its tests' build_milestones

# opam's warnings are our faults.
silent() {
    local directory=$1
    cd "$directory" && opam admin list --all-versions --short >"$work/list" 2>"$work/warnings" || return 1
    grep -v 'Running as root' "$work/warnings" && return 1
    test "$(wc -l <"$work/list")" -eq "$2"
}
count() { find "$corpus/$1/packages" -name opam | wc -l; }
for universe in universe universe-flat; do
    # opam does not list what is available nowhere.
    hidden=$(grep -rlE '^available: false' "$corpus/$universe/packages" | wc -l)
    check "opam has something to say on $universe" silent "$corpus/$universe" "$(($(count $universe) - hidden))"
done

cat >"$work/accepts.ml" <<'ML'
let () =
  for i = 1 to Array.length Sys.argv - 1 do
    let file = Sys.argv.(i) in
    let verdict = match OpamParser.FullPos.file file with _ -> "taken" | exception _ -> "refused" in
    print_endline (verdict ^ " " ^ Filename.basename file)
  done
ML
check 'no program with the official opam parser' \
    ocamlfind ocamlopt -package opam-file-format -linkpkg "$work/accepts.ml" -o "$work/accepts"
none_is() { ! "$work/accepts" "${@:2}" | grep "^$1"; }
check 'the official parser takes a broken opam file' none_is taken "$corpus"/broken/opam/*.opam
check 'the official parser refuses an odd opam file' none_is refused "$corpus"/broken/opam-odd/*.opam
for file in "$corpus"/broken/*.ml; do
    [ -s "$file" ] || continue
    check "stock OCaml takes broken/$(basename "$file")" refused stock "$file"
done

printf 'corpus: %d checks, %d failed\n' $checks $failures
[ $failures -eq 0 ]
