# `make demo` shows what infragraph does, `make test` runs its tests; both need Python 3.11+ and make.
.PHONY: demo test test-all format format-check lint types imports docs docs-check check coverage clean
.PRECIOUS: .venvs/3.%/.dev
.DELETE_ON_ERROR:

BIN = .venv/bin
PIP = -m pip install --quiet --disable-pip-version-check
MAIN = $(shell .ci/pythons | head -n 1)
GENERATE = $(BIN)/python docs/generate.py
VERSION = $(shell $(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
OTHERS = $(filter-out $(VERSION),$(shell .ci/pythons))

demo: .venv/.base
	$(BIN)/infragraph analyze fixtures/shop

test: .venv/.dev
	$(BIN)/python -m pytest -q -n auto
	@echo "ran: tests on $(VERSION)"

test-all: test  ## on every CPython from 3.11 on that this machine has
	@for version in $(OTHERS); do $(MAKE) --no-print-directory test-$$version || exit 1; done

test-3.%: .venvs/3.%/.dev
	.venvs/3.$*/bin/python -m pytest -q -n auto -p no:cacheprovider
	@echo "ran: tests on 3.$*"

format: .venv/.dev
	$(BIN)/ruff check --quiet --fix-only . && $(BIN)/ruff format .

format-check: .venv/.dev
	$(BIN)/ruff format --check .
	@echo "ran: $@"

lint: .venv/.dev
	$(BIN)/ruff check . && $(BIN)/ruff check --select D100,D101,D102,D103 infragraph/sdk
	@echo "ran: $@"

types: .venv/.dev
	$(BIN)/mypy && $(BIN)/pyright
	@echo "ran: $@"

imports: .venv/.dev
	$(BIN)/lint-imports
	@echo "ran: $@"

docs: .venv/.docs
	$(GENERATE) && $(BIN)/mkdocs build --strict

docs-check: .venv/.dev
	$(GENERATE) --check
	@echo "ran: $@"

check: format-check lint types imports docs-check test-all

coverage: .venv/.dev
	$(BIN)/coverage run -m pytest -q && $(BIN)/coverage report --skip-covered --show-missing

clean:
	rm -rf .venvs site dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Environments. A stamp is older than pyproject.toml when something must be installed again.

.venv/bin/python:
	@test -n "$(MAIN)" || { echo "infragraph needs Python 3.11 or later, with its venv module"; exit 1; }
	"$$(.ci/pythons $(MAIN))" -m venv .venv

.venv/.base: pyproject.toml | .venv/bin/python
	$(BIN)/python $(PIP) --editable .
	@touch $@

.venv/.dev: pyproject.toml | .venv/bin/python
	$(BIN)/python $(PIP) --editable '.[dev]'
	@touch $@ .venv/.base

.venv/.docs: .venv/.dev
	$(BIN)/python $(PIP) --editable '.[docs]'
	@touch $@

.venvs/3.%/.dev: pyproject.toml
	test -x .venvs/3.$*/bin/python || "$$(.ci/pythons 3.$*)" -m venv .venvs/3.$*
	.venvs/3.$*/bin/python $(PIP) --editable '.[dev]'
	@touch $@
