# Every target makes .venv from a bare Python 3.11 by itself. `make demo` and `make test` are all a
# newcomer needs; `make check` is what CI runs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The product alone, and with all that tests and checks need beside it.
INSTALLED := $(VENV)/.installed
RELEASING := $(VENV)/.releasing
EQUIPPED := $(VENV)/.equipped
# Two workers fill the two cores of the smallest machine this is meant for.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup

# Seconds for each harness of the fuzzer.
SECONDS ?= 60

.PHONY: demo test test-slow check lint types imports docs gallery format fuzz lock release clean

demo: $(INSTALLED) ## simulate an organisation, build its warehouse, write the report
	@$(BIN)/roadworthy demo

test: $(EQUIPPED) ## the default suite, without the slow tests
	$(PYTEST) -m "not slow"

test-slow: $(EQUIPPED) ## the slow ones: a browser (Debian's chromium), kills, whole organisations and archives
	$(PYTEST) -m slow

check: lint types imports docs-current test test-slow ## all that must hold before a change lands

lint: $(EQUIPPED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 2 sql
	$(BIN)/codespell
	$(BIN)/validate-pyproject pyproject.toml

types: $(EQUIPPED)
	$(BIN)/mypy

imports: $(EQUIPPED)
	$(BIN)/lint-imports

docs: $(EQUIPPED) ## write the generated documents anew
	$(BIN)/python docs/generate.py

gallery: $(EQUIPPED) demo ## take the pictures of the documents anew (Debian's chromium)
	$(BIN)/python docs/pictures.py roadworthy-demo/var/reports/roadworthy-*.html

.PHONY: docs-current
docs-current: $(EQUIPPED)
	$(BIN)/python docs/generate.py --check

format: $(EQUIPPED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: $(EQUIPPED) ## bytes of no sense at all that reads strangers: make fuzz SECONDS=600
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fuzz
	$(BIN)/python -m fuzz --seconds $(SECONDS)

lock: $(RELEASING) ## pin all that Roadworthy stands on; `make lock UPGRADE=--upgrade` takes the newest
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --fork-strategy fewest --generate-hashes \
	    --no-emit-index-url --custom-compile-command "make lock" --output-file requirements.lock $(UPGRADE)

release: $(RELEASING) ## build what a release is, look into it, install and try it in three ways
	rm -rf dist
	$(BIN)/python -m build --installer pip --outdir dist .
	$(BIN)/twine check --strict dist/*
	$(BIN)/python -m releasing.contents dist
	$(BIN)/python -m releasing.trial dist/*.whl
	cd dist && sha256sum *.whl *.tar.gz > SHA256SUMS

clean:
	rm -rf $(VENV) dist roadworthy-demo

$(INSTALLED): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(EQUIPPED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	touch $@

$(RELEASING): $(EQUIPPED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group release
	touch $@
