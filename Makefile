# Needs Python ≥ 3.11, git, make and the network; everything else lands in .venv.
# A second run skips what stands: each file under .venv/stamps marks a finished step.
PYTHON ?= python3
VENV := .venv
STAMPS := $(VENV)/stamps
BIN := $(VENV)/bin
LINLI := $(BIN)/python -m linli.config.cli
FILE ?=
PORT ?=
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run demo test check browser screenshots lock clean

help:  ## what can be made here
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: $(STAMPS)/run $(STAMPS)/assets  ## a running town, at PORT=… or 8000: database, pages, jobs; Ctrl-C stops all
	@$(LINLI) up$(if $(PORT), --port $(PORT))

demo: $(STAMPS)/run $(STAMPS)/assets  ## the main job on data/samples, or FILE=…; ends by itself
	@$(LINLI) demo $(FILE)

test: check browser  ## everything a change must pass
	$(BIN)/pytest -n 2 --ignore tests/architecture  # those are part of check

check: $(STAMPS)/test $(STAMPS)/assets  ## format, lint, types, floors, templates, packs, words
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy linli
	$(BIN)/lint-imports
	$(BIN)/djlint --lint linli --quiet
	$(BIN)/pytest -q tests/architecture

browser: $(STAMPS)/test
	@$(BIN)/python tools/browser.py

screenshots: $(STAMPS)/test $(STAMPS)/assets browser  ## docs/images anew, by the test that visits the pages
	KEEP_SCREENSHOTS=1 $(BIN)/pytest -q tests/journeys/test_browser_road.py

lock: $(STAMPS)/uv  ## write the lock files anew from requirements*.in
	for kind in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	    --no-annotate --no-header --quiet $$kind.in -o $$kind.lock || exit 1; done

clean:  ## remove the environment and what was fetched; data in LINLI_HOME stay
	rm -rf $(VENV) node_modules linli/web/ui/static/vendor

$(STAMPS)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m uv --version > /dev/null 2>&1 || $(BIN)/python -m pip install --quiet uv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/uv requirements.lock pyproject.toml
	$(BIN)/python -m uv pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/test: $(STAMPS)/run requirements-dev.lock
	$(BIN)/python -m uv pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(STAMPS)/assets: $(STAMPS)/run package-lock.json $(wildcard linli/locale/*/parts/*.po)
	$(LINLI) assets
	@touch $@
