# Two commands for a bare Debian or Ubuntu with Swift, git and make:
#   make run    installs what is missing, builds, plans the mini universe and scans a checkout of corpus/
#   make test   installs what is missing, lints, builds, and runs all tests

SHELL = /bin/bash
SWIFT ?= swift
CARAVAN = .build/release/caravan
SOURCES = Sources Tests Package.swift

# The mini universe is in the shapes of March 2016, and a directory has no date of its own.
UNIVERSE_DATE = 2016-03-02

# What the program is linked with: the SAT solver, regular expressions and SQLite. Graphviz draws the plan's graph, an extra.
BUILD_PACKAGES = libcadical-dev libpcre2-dev libsqlite3-dev
RUN_PACKAGES = graphviz
# What the tests hold us against: the OCaml toolchain, camlp4, dune and a ppx, opam, its parser, dose, and a validator.
TEST_PACKAGES = ocaml-nox ocaml-findlib camlp4 cppo ocaml-dune libppx-sexp-conv-ocaml-dev \
    liblwt-ocaml-dev libcstruct-ocaml-dev libppx-bin-prot-ocaml-dev libppx-compare-ocaml-dev \
    libppx-custom-printf-ocaml-dev libppx-deriving-ocaml-dev libppx-fields-conv-ocaml-dev libppx-here-ocaml-dev \
    libppx-optcomp-ocaml-dev libppx-variants-conv-ocaml-dev libjs-of-ocaml-dev \
    opam libopam-file-format-ocaml-dev dose-distcheck python3-jsonschema chromium python3-websocket tidy libxml2-utils \
    ocamlbuild oasis omake libounit-ocaml-dev liblwt-log-ocaml-dev liboasis-ocaml-dev pre-commit

.PHONY: run test test-all build lint corpus bench bench-universe fuzz handbook reports replay replay-dependencies build-packages run-packages test-packages clean

run: run-packages build
	@mkdir -p out
	$(CARAVAN) plan --repository corpus/universe --target $(UNIVERSE_DATE) --output out/plan
	$(CARAVAN) scan corpus/checkouts/waystone
	@printf '\nWritten:\n'
	@find out/plan -type f | LC_ALL=C sort | sed 's/^/  /'
	@printf '%s\n' '' 'Next:' \
	  '  $(CARAVAN) scan PATH-OF-YOUR-CHECKOUT' \
	  '  $(CARAVAN) plan --repository PATH-OF-AN-OPAM-REPOSITORY --output out/plan' \
	  '  $(CARAVAN) list --repository corpus/universe --depends-on cstruct --recursive' \
	  '  $(CARAVAN) --help'

# One configuration for the program and its tests, so that nothing is compiled twice.
build: build-packages
	$(SWIFT) build -c release --product caravan

test: build-packages run-packages test-packages lint corpus
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build

# The same with everything instead of a sample: the whole history of the real repository (../shared), Debian's OCaml
# sources (fetched once into out/sources, over a gigabyte), more mutations; and the files of real migrations where MIRRORS
# names a folder with their repositories.
SOURCE_PACKAGES = ocaml coq frama-c why3 ocaml-batteries janest-base lwt menhir dune ppxlib camlp4 camlp5 \
    caml-crush lablgtk-extras ocaml-config-file ocaml-gettext ocaml-http ocamldsort ocamlnet ocamlviz pa-ounit planets \
    pxp sks ulex xstrp4 elpi haxe hol-light lablgtk3 ledit orpie ulex0.8 unison mldonkey js-of-ocaml ocamlformat
test-all:
	.ci/sources out/sources $(SOURCE_PACKAGES)
	CARAVAN_SAMPLE=1 CARAVAN_MUTATIONS=40000 CARAVAN_OCAML_SOURCES=$(CURDIR)/out/sources $(MAKE) test

# The handbook's pages, from the catalogue; a test tells when they are behind.
handbook: build
	rm -f Sources/Catalogue/Handbook/*.md
	$(CARAVAN) explain --handbook --output Sources/Catalogue/Handbook

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

# The corpus itself, judged by OCaml, camlp4, dune and opam; nothing of ours takes part.
corpus: test-packages
	Tests/CorpusTests/check-corpus.sh

build-packages:
	@.ci/install 'to link the SAT solver, PCRE2 and SQLite' $(BUILD_PACKAGES)

run-packages:
	@.ci/install --optional 'to draw the graph of a plan' $(RUN_PACKAGES)

test-packages:
	@.ci/install 'to hold the tests against the real tools' $(TEST_PACKAGES)
	@.ci/axe out/axe

# Our figures and those of OCaml's own parser and of ripgrep, from one run over the sources in these directories; then the
# gate's, beside ripgrep, git and, where the history of the real repository is there, opam.
BENCH_SOURCES ?= $(shell ocamlfind ocamlc -where 2>/dev/null)
BENCH_ROUNDS ?= 5
bench: build
	@.ci/install --optional 'to compare with' ocaml-nox ocaml-findlib ripgrep
	$(SWIFT) build -c release --product benchmark
	.build/release/benchmark --rounds $(BENCH_ROUNDS) $(BENCH_SOURCES)
	ROUNDS=$(BENCH_ROUNDS) Tests/Benchmark/gate.sh $(CARAVAN) $(firstword $(BENCH_SOURCES)) $(wildcard $(HISTORY))

# The ecosystem engine's figures, beside opam and dose, in one run on the snapshots of the opam repository; about four minutes a round,
# nearly all of it the peers'.
UNIVERSE_ROUNDS ?= 3
bench-universe: build
	@test -f $(HISTORY) || { echo 'SKIPPED: bench-universe: there is no $(HISTORY)' >&2; exit 1; }
	@.ci/install --optional 'to compare with' opam dose-distcheck
	$(SWIFT) build -c release --product benchmark
	.build/release/benchmark --universe $(HISTORY) --rounds $(UNIVERSE_ROUNDS)

# The fuzzer on lexer and parser for so many seconds; needs nothing but Swift.
FUZZ_SECONDS ?= 60
fuzz:
	SWIFT=$(SWIFT) Tests/Fuzz/fuzz.sh $(FUZZ_SECONDS) -timeout=20

# The files of real migrations (../shared/replay; MIRRORS: the folder with their repositories), converted by us: our table,
# that of the rival, at its best, over the same repositories, and ours by what the files hold.
REPLAY = ../shared/replay
replay: build test-packages
	@test -d "$(REPLAY)" || { echo 'SKIPPED: replay: there is no $(REPLAY)' >&2; exit 1; }
	@test -d "$(MIRRORS)" || { echo 'SKIPPED: replay: MIRRORS names no folder' >&2; exit 1; }
	mkdir -p out/replay
	cp $(REPLAY)/stock_parser.ml out/replay/
	cd out/replay && ocamlfind ocamlopt -package compiler-libs.common -linkpkg stock_parser.ml -o stock_parser
	STOCK_PARSER=$(CURDIR)/out/replay/stock_parser MIRRORS="$(MIRRORS)" python3 $(REPLAY)/score.py \
	  --cmd '$(CURDIR)/$(CARAVAN) rewrite --target {date} --print {file}' --out out/replay/ours.tsv
	gzip -dc $(REPLAY)/peer_tuned.tsv.gz | awk -F '\t' \
	  'NR == FNR { known[$$1] = 1; next } FNR == 1 || $$1 in known' out/replay/ours.tsv - > out/replay/rival.tsv
	@echo; echo 'Caravan:'; python3 $(REPLAY)/summarise.py out/replay/ours.tsv $(REPLAY)
	@echo; echo 'the rival, tuned:'; python3 $(REPLAY)/summarise.py out/replay/rival.tsv $(REPLAY)
	@echo; STOCK_PARSER=$(CURDIR)/out/replay/stock_parser MIRRORS="$(MIRRORS)" python3 Tests/Replay/figures.py \
	  out/replay/ours.tsv $(CURDIR)/$(CARAVAN) --data $(REPLAY)

# The build files of the same migrations: which dependencies we remove and add beside the maintainers, and what the tools whose
# files were edited say of them. The head of the script says what counts.
replay-dependencies: build test-packages
	@test -d "$(REPLAY)" || { echo 'SKIPPED: replay-dependencies: there is no $(REPLAY)' >&2; exit 1; }
	@test -d "$(MIRRORS)" || { echo 'SKIPPED: replay-dependencies: MIRRORS names no folder' >&2; exit 1; }
	mkdir -p out/replay-dependencies
	PYTHONDONTWRITEBYTECODE=1 python3 Tests/Replay/dependency_replay.py --caravan $(CURDIR)/$(CARAVAN) --tables $(REPLAY) \
	  --mirrors "$(MIRRORS)" --work out/replay-dependencies --details out/replay-dependencies/details.tsv --tools

# The committed reports, from the snapshots of the real opam repository in ../shared; one target each.
HISTORY = ../shared/data/opam-history-quarterly.bundle
REPORTS = reports-2016 reports-newest reports-history reports-corpus
.PHONY: $(REPORTS)
reports: $(REPORTS)

out/history:
	@test -f $(HISTORY) || { echo 'SKIPPED: reports: there is no $(HISTORY)' >&2; exit 1; }
	mkdir -p out
	git clone --quiet --bare $(HISTORY) out/history

reports-2016: run-packages build out/history
	rm -rf out/reports/2016 reports/2016-03-02 && mkdir -p reports/2016-03-02
	$(CARAVAN) plan --repository out/history --at 2016-03-02 --history out/history --output out/reports/2016
	cd out/reports/2016 && cp -r index.html plan.md summary.md packages.csv stats.json graph.svg graph.mmd badges $(CURDIR)/reports/2016-03-02/
	$(CARAVAN) what-if cstruct --repository out/history --at 2016-03-02 >reports/2016-03-02/what-if-cstruct.txt
	$(CARAVAN) bounds cstruct 2.0.0 --repository out/history --at 2016-03-02 >reports/2016-03-02/bounds-cstruct-2.0.0.txt

reports-newest: run-packages build out/history
	rm -rf out/reports/newest reports/newest && mkdir -p reports/newest
	$(CARAVAN) plan --repository out/history --at HEAD --output out/reports/newest
	cd out/reports/newest && cp index.html summary.md plan.md stats.json graph.svg $(CURDIR)/reports/newest/
	$(CARAVAN) diff 2016-03-02 HEAD --repository out/history >reports/newest/since-2016-03-02.txt

reports-history: build out/history
	rm -rf reports/history && mkdir -p reports/history
	$(CARAVAN) history --repository out/history --needs >reports/history/history.txt
	$(CARAVAN) history --repository out/history --needs --format csv >reports/history/history.csv
	$(CARAVAN) history --repository out/history --needs --format svg >reports/history/burndown.svg

reports-corpus: build
	rm -rf reports/corpus && mkdir -p reports/corpus
	$(CARAVAN) scan corpus/checkouts --output reports/corpus/scan.txt
	$(CARAVAN) scan corpus --quiet --output reports/corpus/summary.txt

clean:
	$(SWIFT) package clean
	rm -rf out
