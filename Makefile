# `make help` lists what there is. Everything runs in a virtual environment of its own, made on first use.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)
VENV ?= .venv
RECEIVABLES ?= ../shared/data/receivables.csv
PYTEST_WORKERS ?= 2
MUTANTS ?= 500
SEED ?= 2026

BIN := $(VENV)/bin
CREDIT := $(BIN)/credit-dsl
DEMO := $(CREDIT) eval policies/demo/policy.credit --snapshot policies/demo --as-of 2026-03-02 --at confirmation

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo demo-receivables test check lint policies format types docs bench bench-lint mutation clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

demo: $(VENV)/.installed  ## judge the sample orders of policies/demo and show the decisions
	$(CREDIT) check policies/demo
	$(CREDIT) test policies/demo
	@echo "One row of the orders is bad on purpose: such a row never passes, and the run exits 1."
	@echo "$(DEMO)"; $(DEMO) || [ $$? -eq 1 ]
	@echo "$(DEMO) --quiet --summary"; $(DEMO) --quiet --summary 2>/dev/null || [ $$? -eq 1 ]

demo-receivables: $(VENV)/.installed  ## judge 2,466 real-looking invoices as orders, each on its own date
	@if [ -f "$(RECEIVABLES)" ]; then \
		$(CREDIT) check policies/receivables/policy.credit && \
		$(CREDIT) eval policies/receivables/policy.credit --map policies/receivables/map.toml \
			--orders "$(RECEIVABLES)" --customers "$(RECEIVABLES)" --invoices "$(RECEIVABLES)" \
			--as-of order.date --summary; \
	else \
		echo "There is no $(RECEIVABLES) here; give another place with make demo-receivables RECEIVABLES=FILE."; \
	fi

test: $(VENV)/.installed-dev  ## run all tests
	$(BIN)/python -m pytest -q -n $(PYTEST_WORKERS) --dist worksteal

check: lint types policies test  ## exactly what continuous integration checks in a checkout

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

policies: $(VENV)/.installed  ## check the layout and the sense of the policies that come with the project
	$(CREDIT) fmt --check policies grammar
	$(CREDIT) check policies

format: $(VENV)/.installed-dev  ## lay out the Python code and the policies
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(CREDIT) fmt policies grammar

types: $(VENV)/.installed-dev
	$(BIN)/mypy

docs: $(VENV)/.installed-dev  ## write docs/reference from the code, and what commands print into the other pages
	$(BIN)/python docs/write_reference.py
	$(BIN)/python -m pytest -q tests/test_docs.py --update-cases

bench: $(VENV)/.installed-dev  ## time the start, a check, and how a check grows with the policy
	$(BIN)/python tests/bench.py

bench-lint: $(VENV)/.installed-dev $(VENV)/.installed-peers  ## time `check` on large trees, beside other linters
	PATH="$(CURDIR)/$(VENV)/peers/bin:$$PATH" $(BIN)/python tests/bench_lint.py

mutation: $(VENV)/.installed-mutation  ## change the checker and the interpreter at random and see which changes no test notices
	$(VENV)/mutation/bin/python tests/mutation_sample.py --mutants $(MUTANTS) --seed $(SEED) --workers $(PYTEST_WORKERS)

clean:  ## remove the virtual environment and everything generated that is not kept
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or later is needed; name it with make PYTHON=..."; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# Dependency groups need a pip that is newer than the one that comes with Python 3.11.
$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@ $(VENV)/.installed

# What the tool is measured beside; nothing else needs it.
$(VENV)/.installed-peers: | $(VENV)/bin/python
	$(PYTHON) -m venv $(VENV)/peers
	$(VENV)/peers/bin/python -m pip install --quiet "sqlfluff==4.5.0"
	@touch $@

# The changes of `make mutation` are run in an environment of their own, in which this tree is not installed.
$(VENV)/.installed-mutation: pyproject.toml | $(VENV)/bin/python
	$(PYTHON) -m venv $(VENV)/mutation
	$(VENV)/mutation/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(VENV)/mutation/bin/python -m pip install --quiet "mutmut==3.8.1" . --group dev
	$(VENV)/mutation/bin/python -m pip uninstall --quiet --yes credit-dsl
	@touch $@
