# Two commands do everything: `make release` and `make test`.
# The environment lives in .venv and is made again when its definition changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Spark needs Java; without it the rules run on DuckDB only, and the tests say so.
EXTRAS := dev$(if $(shell command -v java),$(shell printf ,)spark)
export PYTHONHASHSEED := 0
# The theme warns of a future mkdocs that this project does not use.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help release test site validate data benchmarks chromium clean

help:  ## Show the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $@

release: validate  ## Validate, build every release file into dist/ and the site into site/
	$(BIN)/python -m scripts.release
	$(MAKE) --no-print-directory site

validate: $(READY)  ## Check the data package
	$(BIN)/rare-earths validate .

site: $(READY)  ## Build the site into site/ from the release in dist/
	$(BIN)/python -m scripts.pages
	$(BIN)/mkdocs build --strict --quiet

test: $(READY) chromium  ## Run all tests, those in a browser included
	$(MAKE) --no-print-directory release
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n auto

chromium:  # The browser tests are skipped by name where there is no Chromium and none may be installed
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; } || \
	  echo "no Chromium and no right to install one: the tests in a browser will be skipped"

data: $(READY)  ## Make data/ again from the raw files (RARE_EARTHS_RAW)
	$(BIN)/python -m scripts.data

benchmarks: $(READY)  ## Measure, as ratios within one run
	$(BIN)/python -m benchmarks

clean:  ## Remove what was built
	rm -rf $(VENV) dist site .cache
