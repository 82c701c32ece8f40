#!/usr/bin/env bash
# Builds the fuzzer and lets it run: Tests/Fuzz/fuzz.sh SECONDS [OPTION-OF-LIBFUZZER...]
# Starts from corpus/fuzz (its own files, and what earlier runs found, packed in grown.tar.xz), keeps what it finds new in
# out/fuzz/corpus and inputs that fail in out/fuzz. Says at the end how many executions it made and how many CPU seconds they
# took; its status is 0 only where nothing failed. `fuzz.sh pack` packs the smallest part of out/fuzz/corpus that reaches as
# much into grown.tar.xz.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${1:?SECONDS, or pack}
shift
grown=corpus/fuzz/grown.tar.xz
scratch=${FUZZ_SCRATCH:-${TMPDIR:-/tmp}/caravan-fuzz-build}

# SwiftPM links the fuzzer in, but does not ask the compiler to say where the program goes.
CARAVAN_FUZZ=1 "${SWIFT:-swift}" build -c release --scratch-path "$scratch" --product fuzz \
    --sanitize=fuzzer --sanitize=address \
    -Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table,trace-cmp || exit 1

mkdir -p out/fuzz/corpus
log=out/fuzz/log
# A trap must end the run at once, without a trace that takes longer than the rest.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
if [ "$seconds" = pack ]; then
    least=$(mktemp -d)
    trap 'rm -rf "$least"' EXIT
    "$scratch/release/fuzz" -set_cover_merge=1 -timeout=20 -max_len=2000 "$least" corpus/fuzz out/fuzz/corpus >"$log" 2>&1 || exit 1
    # The same files give the same bytes.
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$least" -cJf "$grown" . || exit 1
    printf '%s files packed into %s\n' "$(find "$least" -type f | wc -l)" "$grown"
    exit 0
fi
[ -n "$(ls out/fuzz/corpus)" ] || tar -xJf "$grown" -C out/fuzz/corpus
TIMEFORMAT='CPU seconds: %U user, %S system'
time "$scratch/release/fuzz" -max_total_time="$seconds" -timeout=1 -max_len=2000 -print_final_stats=1 \
    -dict=Tests/Fuzz/words.dict -artifact_prefix=out/fuzz/ "$@" out/fuzz/corpus corpus/fuzz >"$log" 2>&1
status=$?
executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
if [ $status -eq 0 ]; then result='nothing failed'; else result="FAILED, see $log and out/fuzz"; fi
printf '%s; executions: %s\n' "$result" "${executions:-unknown}" | tee -a "$log"
exit $status
