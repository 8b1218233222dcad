# `make demo` shows what infragraph does, `make test` runs its tests; both need Python 3.11+ and make.
.PHONY: demo test unit thorough test-all test-others format format-check lint types mypy pyright imports docs \
	docs-check check coverage benchmarks reliability clean
.PRECIOUS: .venvs/3.%/.dev
.DELETE_ON_ERROR:

BIN = .venv/bin
PIP = -m pip install --quiet --disable-pip-version-check
MAIN = $(shell .ci/pythons | head -n 1)
GENERATE = $(BIN)/python -m docs.generate
VERSION = $(shell $(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
OTHERS = $(filter-out $(VERSION),$(shell .ci/pythons))

# What another Python may do differently: what reads or runs code. The rest is text from the same graph.
DEPENDENT = tests/frontend tests/kinds tests/linking tests/model tests/portability tests/runtime tests/sdk \
	tests/sql tests/testing tests/test_*.py

# Two more than processors: many tests wait for servers, browsers and other programs.
WORKERS = $(shell $(BIN)/python -c 'import os; print(2 + (os.cpu_count() or 1))')

# `.ci/run` sets BOUNDED: a check that hangs is ended before it eats the time of the others. Not for
# people, whose Ctrl-C would not reach what `timeout` runs.
within = $(if $(BOUNDED),timeout --kill-after=10 $(1))

demo: .venv/.base
	$(BIN)/infragraph analyze fixtures/shop

test: .venv/.dev
	$(call within,1800) $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup -m 'not thorough'
	@echo "ran: tests on $(VERSION)"

thorough: .venv/.dev  ## what takes minutes, of which the tests hold a sample
	$(BIN)/python -m pytest -q -n auto --dist loadgroup -m thorough

unit: .venv/.dev  ## what takes no longer than a minute
	$(BIN)/python -m pytest -q -n auto -m 'not slow'

test-all: test test-others  ## on every CPython from 3.11 on that is here; slow ones on the first

test-others: | .venv/bin/python
	$(if $(OTHERS),+$(MAKE) --no-print-directory $(addprefix test-,$(OTHERS)),@:)

test-3.%: .venvs/3.%/.dev
	$(call within,400) .venvs/3.$*/bin/python -m pytest -q -n auto -p no:cacheprovider -m 'not slow' \
		$(DEPENDENT)
	@echo "ran: tests on 3.$* of what depends on it"

format: .venv/.dev
	$(BIN)/ruff check --quiet --fix-only . && $(BIN)/ruff format .

format-check: .venv/.dev
	$(call within,60) $(BIN)/ruff format --check .
	@echo "ran: $@"

lint: .venv/.dev
	$(call within,60) $(BIN)/ruff check .
	$(call within,60) $(BIN)/ruff check --select D100,D101,D102,D103 infragraph/sdk
	@echo "ran: $@"

types: mypy pyright

mypy: .venv/.dev
	$(call within,300) $(BIN)/mypy
	@echo "ran: $@"

pyright: .venv/.dev
	$(call within,300) $(BIN)/pyright
	@echo "ran: $@"

imports: .venv/.dev
	$(call within,60) $(BIN)/lint-imports
	@echo "ran: $@"

docs: .venv/.docs
	$(GENERATE) && $(BIN)/mkdocs build --strict

docs-check: .venv/.dev
	$(call within,60) $(GENERATE) --check
	@echo "ran: $@"

# The tests come before the type checkers, which take long enough to be cut off when time is short.
check: format-check lint imports docs-check test types test-others

coverage: .venv/.dev
	$(BIN)/coverage run -m pytest -q && $(BIN)/coverage report --skip-covered --show-missing

benchmarks: .venv/.benchmarks  ## fetches third-party source once; BENCHMARKS holds options
	$(BIN)/python -m benchmarks $(BENCHMARKS)

reliability: .venv/.dev  ## the figures of docs/reliability.md: hostile files and chaos, in two hours
	$(BIN)/python -m tests.hostile.fuzz --seed 1 --count 10000 --write docs/reliability.md
	-$(BIN)/python -m tests.runtime.chaos.run --write docs/reliability.md
	-$(BIN)/python -m tests.runtime.conformance.matrix --thorough --write docs/conformance.md

clean:
	rm -rf .venvs site dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Environments. A stamp is older than pyproject.toml when something must be installed again.

.venv/bin/python:
	@test -n "$(MAIN)" || { echo "infragraph needs Python 3.11 or later, with its venv module"; exit 1; }
	"$$(.ci/pythons $(MAIN))" -m venv .venv

.venv/.base: pyproject.toml | .venv/bin/python
	$(call within,300) $(BIN)/python $(PIP) --editable .
	@touch $@

.venv/.dev: pyproject.toml | .venv/bin/python
	$(call within,300) $(BIN)/python $(PIP) --editable '.[dev]'
	@touch $@ .venv/.base

.venv/.docs: .venv/.dev
	$(BIN)/python $(PIP) --editable '.[docs]'
	@touch $@

.venv/.benchmarks: .venv/.dev
	$(BIN)/python $(PIP) --editable '.[benchmarks]'
	@touch $@

.venvs/3.%/.dev: pyproject.toml
	test -x .venvs/3.$*/bin/python || "$$(.ci/pythons 3.$*)" -m venv .venvs/3.$*
	$(call within,300) .venvs/3.$*/bin/python $(PIP) --editable '.[dev]'
	@touch $@
