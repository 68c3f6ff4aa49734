# Two commands: `make demo` sets everything up and runs the main job; `make test` passes the tests.

VENV   ?= .venv
BIN     = $(VENV)/bin
OUT    ?= mingzhang-demo

.PHONY: demo test check bench clean

demo: $(VENV)/installed
	$(BIN)/mingzhang demo --serve --out $(OUT)

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
	"$$(scripts/find-python)" -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) build dist src/*.egg-info mingzhang-demo
