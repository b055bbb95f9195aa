# The portal's words: run, test, lint, bench, mutate. Each works from a fresh clone, asking nothing.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUNBUFFERED = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test lint bench mutate clean clean-data lock

run: $(VENV)/run.ok
	@./.ci/system-packages printing
	@PORTAL_DEMO=$${PORTAL_DEMO-1} exec $(BIN)/python -m khanhson_portal.serve

test: $(VENV)/dev.ok
	@./.ci/system-packages printing browser
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup

lint: $(VENV)/dev.ok
	@mkdir -p .cache
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q --output-format concise .
	@$(BIN)/djhtml --check --tabwidth 2 templates > .cache/templates.log 2>&1 || { cat .cache/templates.log; exit 1; }
	@$(BIN)/lint-imports --cache-dir .cache/imports > .cache/imports.log || { cat .cache/imports.log; exit 1; }
	@PORTAL_DATABASE_URL=postgresql:///none $(BIN)/mypy
	@PORTAL_DATABASE_URL=postgresql:///none PORTAL_DATABASE_POOL=0 $(BIN)/python -W ignore::RuntimeWarning \
		manage.py makemigrations --check --dry-run -v 0

bench: $(VENV)/dev.ok
	@./.ci/system-packages printing
	@$(BIN)/python -m tests.bench

# Breaks the rules that matter one at a time, in a copy; takes an hour or two (tests/README.md).
mutate: $(VENV)/dev.ok
	@nice -n 15 $(BIN)/python -m tests.mutation $(ROOM)

# The lock files hold exact versions and hashes, and name no registry.
lock: | $(VENV)/bin/python
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/python -m uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
		pyproject.toml -o requirements.lock
	@$(BIN)/python -m uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
		--group dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cần Python 3.11 trở lên; máy có $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.ok: requirements.lock | $(VENV)/bin/python
	@echo "Cài thư viện …"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements.lock 2> >(grep -v '^WARNING' >&2)
	@touch $@

$(VENV)/dev.ok: requirements-dev.lock $(VENV)/run.ok
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock 2> >(grep -v '^WARNING' >&2)
	@touch $@

clean:
	@rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

clean-data:
	@rm -rf var
