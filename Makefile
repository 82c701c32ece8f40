# Two commands for a bare Debian or Ubuntu with Swift, git and make:
#   make run    installs what is missing, builds, plans the mini universe and scans a checkout of corpus/
#   make test   installs what is missing, lints, builds, and runs all tests

SHELL = /bin/bash
SWIFT ?= swift
CARAVAN = .build/release/caravan
SOURCES = Sources Tests Package.swift

# The mini universe is in the shapes of March 2016, and a directory has no date of its own.
UNIVERSE_DATE = 2016-03-02

# What the program wants beside itself: Graphviz draws the plan's graph, and is no more than an extra.
RUN_PACKAGES = graphviz
# What the tests hold us against: the OCaml toolchain, camlp4, dune and a ppx, opam and its parser, and a validator.
TEST_PACKAGES = ocaml-nox ocaml-findlib camlp4 ocaml-dune libppx-sexp-conv-ocaml-dev \
    opam libopam-file-format-ocaml-dev python3-jsonschema

.PHONY: run test test-all build lint corpus run-packages test-packages clean

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
build:
	$(SWIFT) build -c release --product caravan

test: run-packages test-packages lint corpus
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build

# The same with every file of the real repository's history instead of a sample; needs ../shared.
test-all:
	CARAVAN_SAMPLE=1 $(MAKE) test

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

# The corpus itself, judged by OCaml, camlp4, dune and opam; nothing of ours takes part.
corpus: test-packages
	Tests/CorpusTests/check-corpus.sh

run-packages:
	@.ci/install --optional 'to draw the graph of a plan' $(RUN_PACKAGES)

test-packages:
	@.ci/install 'to hold the tests against the real tools' $(TEST_PACKAGES)

clean:
	$(SWIFT) package clean
	rm -rf out
