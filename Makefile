# Two commands do everything: `make release` and `make test`.
# The environment lives in .venv and is made again when its definition changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
METADATA := .venv-metadata
READY := $(VENV)/.ready
# Spark needs Java; without it the rules run on DuckDB only, and the tests say so.
EXTRAS := dev$(if $(shell command -v java),$(shell printf ,)spark)
export PYTHONHASHSEED := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help release test site zensical validate fetch watch data benchmarks metadata-checks chromium clean

help:  ## Show the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 18

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $@

release: $(READY)  ## Validate, build every release file into dist/ and the site into site/
	$(BIN)/python -m scripts.release --site

validate: $(READY)  ## Check the data package
	$(BIN)/rare-earths validate .

site: $(READY)  ## Build the site into site/ from the release in dist/
	$(BIN)/python -m scripts.release.site

zensical: $(READY)  ## Build the site with Zensical too, and say what differs (after make site)
	$(PYTHON) -m venv .cache/zensical
	.cache/zensical/bin/python -m pip install --quiet zensical 'mkdocstrings[python]'
	$(BIN)/python -m scripts.zensical

test: $(READY) chromium  ## Run all tests, those in a browser included
	$(MAKE) --no-print-directory release
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n auto

metadata-checks: $(READY) $(METADATA)/.ready  ## Check the metadata with the validators of catalogues
	$(BIN)/python -m pytest -m metadata

# Validators that want other versions of libraries than the package has.
$(METADATA)/.ready: tests/metadata/requirements.txt
	$(PYTHON) -m venv --clear $(METADATA)
	$(METADATA)/bin/python -m pip install --quiet --requirement $<
	@touch $@

chromium:  # The browser tests are skipped by name where there is no Chromium and none may be installed
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; } || \
	  echo "no Chromium and no right to install one: the tests in a browser will be skipped"

fetch: $(READY)  ## Fill the archive of raw files (FROM=FOLDER, REFRESH=1, RARE_EARTHS_SOURCES)
	$(BIN)/python -m scripts.fetch $(if $(FROM),--from '$(FROM)') $(if $(REFRESH),--refresh)

watch: $(READY)  ## Report what is new at the publishers (REPORT=FILE for JSON)
	$(BIN)/python -m scripts.watch $(if $(REPORT),--json '$(REPORT)')

data: $(READY)  ## Make data/ again from the raw files (RARE_EARTHS_RAW)
	$(BIN)/python -m scripts.data

benchmarks: $(READY)  ## Measure, as ratios within one run
	$(BIN)/python -m benchmarks

clean:  ## Remove what was built
	rm -rf $(VENV) $(METADATA) dist site .cache
