# The few verbs people use. Everything happens in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install demo test lint bench schemas corpora clean

install: $(VENV)/.installed  ## install the package and its tools into .venv

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -e '.[dev]' -c constraints.txt
	touch $@

demo: install  ## the register of a bundled notice
	$(BIN)/policyparse parse --format table corpora/lead_first.txt

test: install  ## all tests
	$(BIN)/python -m pytest

lint: install  ## style, types, one-way imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install  ## speed against jieba.lcut, memory, start of the command line
	$(BIN)/python tests/bench/speed.py

schemas: install  ## rewrite schemas/ from the models
	$(BIN)/policyparse schema notice -o schemas/notice.schema.json
	$(BIN)/policyparse schema document -o schemas/document.schema.json

corpora: install  ## rewrite the golden files; read the difference before you commit it
	UPDATE=1 $(BIN)/python -m pytest -q tests/test_corpora.py
	git --no-pager diff --stat corpora

clean:  ## remove everything that was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
