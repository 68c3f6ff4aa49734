# Two commands: `make demo` sets everything up and runs the main job; `make test` passes the tests.

PYTHON ?= $(shell command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN     = $(VENV)/bin
OUT    ?= mingzhang-demo

.PHONY: demo test check bench clean

demo: $(VENV)/installed
	$(BIN)/mingzhang demo --out $(OUT)

test: $(VENV)/installed-dev
	scripts/install-system --for-tests
	scripts/test

check: $(VENV)/installed-dev
	scripts/check

bench: $(VENV)/installed-dev
	$(BIN)/pip install --quiet '.[bench]'
	scripts/bench

$(VENV)/bin/python:
	scripts/install-system --for-python
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本，现有：$$($(PYTHON) --version)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) build dist src/*.egg-info mingzhang-demo
