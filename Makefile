# Headroom: make help lists the targets. Nothing here needs a step by hand before it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

GO ?= go
CASE ?= cases/uk-2035
TOOL := $(GO) tool -modfile=tools/go.mod
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
COMMIT := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X headroom/cli.version=$(VERSION) -X headroom/cli.commit=$(COMMIT)

# The vector code of flex needs an experiment of the toolchain; where there is none, the scalar code gives the same bits.
SIMD := $(shell [ "$$($(GO) env GOARCH 2>/dev/null)" = amd64 ] && GOEXPERIMENT=simd $(GO) env GOEXPERIMENT 2>/dev/null)

# The program looks for the native solver beside itself and nowhere else in the tree; go run names the folder.
NATIVE = $(shell ls -d $(CURDIR)/.cache/highs 2>/dev/null)

# What runs at once, or starts what does: the race detector looks at these.
RACE := ./highs/... ./lp/... ./planner/... ./answer/... ./calibrate/... ./links/... ./document/... ./cli/... ./flex/... ./sim/...
# What go generate writes. The embedded solver is not here: renewing it takes npm (see highs/doc.go).
GENERATE := ./table/... ./check/... ./audit/... ./bundle/... ./claimlog/... ./formula/... ./trace/... ./cli/... ./flex/... ./sim/...
GENERATED := docs/reference

.PHONY: help build run test acceptance mutants check bench golden docs fmt fuzz clean setup need-go

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

need-go:
	@command -v $(GO) >/dev/null 2>&1 || { echo "Go is not found: install Go 1.26 or newer from https://go.dev/dl and run make again"; exit 1; }

setup: need-go
	@highs/fetch.sh

build: need-go ## build bin/headroom, one static binary, with the native solver beside it where it was fetched
	@CGO_ENABLED=0 GOEXPERIMENT=$(SIMD) $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/headroom ./cmd/headroom
	@highs/beside.sh bin

run: setup build ## plan the UK case, say what the plan means and how far its answers move
	@bin/headroom brief $(CASE)
	@printf '\nHow far the answers move, one figure at a time at its low or its high (some three minutes)\n'
	@bin/headroom range $(CASE) $(if $(filter cases/uk-2035,$(CASE)),output support worth:chery-jlr-halewood,output) --short --figures 3 --top 3

test: setup build ## run all tests
	$(GO) test -shuffle=on ./...

acceptance: setup build ## run the counted tests at their whole counts: laws, kills, bad files (hours)
	@tools/acceptance.sh

mutants: setup ## make 60 small wrong changes and see how many the tests notice (MUTANTFLAGS='-n 10 -seed 7')
	@$(GO) run ./internal/mutants $(MUTANTFLAGS)

check: setup ## what CI checks besides the tests: format, vet, staticcheck, layers, generated files, races
	@tools/check.sh '$(RACE)' '$(GENERATE)' '$(GENERATED)'

bench: setup build ## time Headroom against its solver alone (BENCHFLAGS='-repeats 3 -only facility')
	@HEADROOM_HIGHS=$(NATIVE) $(GO) run ./bench/peers $(BENCHFLAGS)

golden: need-go ## rewrite the golden files; read the diff
	@tools/golden.sh

docs: need-go ## write the generated reference pages
	@$(GO) generate $(GENERATE)

fmt: need-go ## format the Go code
	@$(TOOL) gofumpt -w .

fuzz: need-go ## fuzz every reader for ten seconds each (FUZZTIME=1m for longer)
	@tools/fuzz.sh

clean: ## remove what make has built; the fetched solver goes too
	@rm -rf bin .cache
