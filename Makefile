# What a developer types; README.md and CONTRIBUTING.md say more. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help setup fmt lint types migrations checks test test-fast coverage examples queries stop-servers up shell bench

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest
ARGS ?=
# Byte code that is kept, of tests too, halves the time in which they start.
unexport PYTHONDONTWRITEBYTECODE

help:  ## lists what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do printf '  make %-13s %s\n' "$$name" "$$what"; done

setup:  ## makes .venv and installs what requirements.txt pins
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt

fmt:  ## formats the code and mends what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint:  ## style, format, who imports whom, what nobody uses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python .ci/unused.py

types:  ## mypy
	$(BIN)/mypy claims sources config tests/bench

migrations:  ## has every change of a model its migration?
	$(MANAGE) makemigrations --check --dry-run

checks:  ## settings and the API's schema, without a server
	$(MANAGE) check --fail-level WARNING
	$(MANAGE) spectacular --fail-on-warn --validate --file /dev/null

test:  ## all tests but the longest (ARGS=… is handed to pytest)
	$(PYTEST) -n auto --maxprocesses 4 --dist loadfile $(ARGS)

test-fast:  ## tests that need no server and take no second each
	$(PYTEST) -m "pure and not slow" -n auto --maxprocesses 2 $(ARGS)

coverage:  ## all tests, and which lines they did not run; takes longer
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered

examples:  ## asks for the examples of the API anew, and writes them down
	ISNAD_WRITE_EXAMPLES=1 $(PYTEST) tests/config/test_api_examples.py

queries:  ## counts the queries of each request to the API anew, and writes them down
	ISNAD_WRITE_QUERIES=1 $(PYTEST) tests/config/test_query_counts.py
	$(BIN)/python -m tests.generated_docs

stop-servers:  ## ends the servers that ISNAD_KEEP_SERVERS=1 keeps between runs of tests
	$(BIN)/python -m tests.keeper --stop

up:  ## runs everything on this machine, and again when the code changes
	$(MANAGE) up --reload $(ARGS)

shell:  ## a Python shell on this install's data
	$(MANAGE) shell $(ARGS)

bench:  ## speed as ratios (ARGS="--quick" for a short one)
	$(MANAGE) bench $(ARGS)
