# Two commands: `make demo` sets everything up and runs the main job; `make test` passes the tests.

VENV   ?= .venv
BIN     = $(VENV)/bin
OUT    ?= mingzhang-demo

.PHONY: demo test soak check bench clean

demo: $(VENV)/installed
	$(BIN)/mingzhang demo --serve --out $(OUT)

test: $(VENV)/installed-dev
	scripts/install-system --for-tests
	scripts/test

# What takes minutes a test: workers killed at every point, every role's pages in the browser.
soak: $(VENV)/installed-dev
	scripts/install-system --for-tests
	$(BIN)/pytest -m soak -n 2 --dist loadfile tests/jobs tests/browser

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
