# Everything a developer or a newcomer types. `make demo` and `make test` do all the set-up.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := demo-output
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help system install demo run test check format lint types imports bench torture faults drawings clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

system: ## install the system libraries Qt needs (Debian/Ubuntu, as root), or say how
	@sh tools/system_libraries.sh

$(STAMP): pyproject.toml constraints.txt | system
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@

install: $(STAMP) ## make the environment in .venv

demo: $(STAMP) ## open a demo clinic in a scratch folder
	@$(BIN)/bodymap demo --output $(DEMO)

run: $(STAMP) ## open bodymap on your own data
	@$(BIN)/bodymap

# In three turns: a process that has shown some thousand windows is slow.
test: check ## lint, types, import contract and all tests
	$(BIN)/python -m pytest -n 2 tests --ignore tests/widgets --ignore tests/journeys
	$(BIN)/python -m pytest -n 2 tests/journeys tests/widgets/map
	$(BIN)/python -m pytest -n 2 tests/widgets --ignore tests/widgets/map

check: lint types imports ## everything but the tests

format: $(STAMP) ## put the code into shape
	$(BIN)/ruff format bodymap tests tools benchmarks
	$(BIN)/ruff check --fix bodymap tests tools benchmarks

lint: $(STAMP)
	$(BIN)/ruff format --check bodymap tests tools benchmarks
	$(BIN)/ruff check bodymap tests tools benchmarks

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

bench: $(STAMP) ## measure speed beside peers and write benchmarks/RESULTS.md
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,bench]"
	$(BIN)/python -m benchmarks

torture: $(STAMP) ## kill, cut the power and damage files for hours; keep what it came to in benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.torture

faults: $(STAMP) ## plant known faults in a copy and see which test notices each (some 20 minutes)
	$(BIN)/python -m tools.seeded_faults --write docs/seeded-faults.csv

clean: ## remove the environment and what the tools left
	rm -rf $(VENV) $(DEMO) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
