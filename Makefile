# Everything that people and CI run. A machine with Python 3.11 or later, make and pip is enough.
# `make test PG=15` runs the suite on Debian's PostgreSQL 15; `make demo PYTHON=python3.12` chooses a Python.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

export DO_NOT_TRACK = 1
export DBT_SEND_ANONYMOUS_USAGE_STATS = false
export PIP_DISABLE_PIP_VERSION_CHECK = 1

IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(IS_NEW_ENOUGH)' 2> /dev/null && echo $$python && break; done)
BIN := .venv/bin
READY := .venv/.ready

ifdef PG
export RADAR_TEST_PG_BIN := /usr/lib/postgresql/$(PG)/bin
SERVER := /usr/lib/postgresql/$(PG)/bin/postgres
endif

.PHONY: help demo test second lint format bench lab lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

demo: $(READY) ## Server, demo data, build, quality gate and rendered notebooks; ends by telling where to look
	$(BIN)/radar demo

test: lint $(SERVER) second ## Run every check and test; PG=15 runs them on that version of Debian's PostgreSQL
	$(BIN)/pytest --numprocesses logical --dist loadfile --no-loadscope-reorder
	time RADAR_TEST_SERVER=second $(BIN)/pytest -m any_server --numprocesses logical --dist loadfile

# What tests/second_server.py needs, on Debian.
second: /usr/lib/postgresql/15/bin/postgres /usr/sbin/pgbouncer
	@locale -a | grep -q '^tr_TR.utf8$$' || { sudo=$$(test $$(id -u) = 0 || echo sudo); \
		$$sudo apt-get install --yes --quiet=2 locales; $$sudo localedef -i tr_TR -f UTF-8 tr_TR.UTF-8; }

# The package starts a service of its own, which nobody asked for.
/usr/sbin/pgbouncer:
	sudo=$$(test $$(id -u) = 0 || echo sudo); $$sudo apt-get update --quiet=2; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends pgbouncer; \
	$$sudo service pgbouncer stop > /dev/null 2>&1 || true

lint: $(READY) ## Check style, formatting and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 0 --disable-progress-bar $(wildcard models tests/data)

format: $(READY) ## Put Python and SQL into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/sqlfluff fix --processes 0 --disable-progress-bar $(wildcard models tests/data)

bench: $(READY) ## Measure loading, full builds, incremental runs and dashboards
	$(BIN)/python -m benchmarks $(ARGS)

lab: $(READY) ## Open the notebooks
	$(BIN)/radar lab

lock: $(READY) ## Choose the versions in requirements.lock anew, after a change of pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --upgrade \
		--no-header --no-annotate --no-emit-index-url --output-file requirements.lock pyproject.toml

clean: ## Remove the environment and what was built; the server is stopped and its data stays
	if [ -x $(BIN)/radar ]; then env -u PGHOST $(BIN)/radar down; fi
	rm -rf .venv *.egg-info build target logs .radar/target .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Done once, and again when a dependency changes. Debian's Python may lack what `venv` needs to install pip: the pip of
# the machine then installs one.
$(READY): requirements.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Radar needs Python 3.11 or later: install it, or name it: make PYTHON=..." >&2; exit 1; }
	@echo "Installing into .venv (once, a minute or two) ..."
	@$(PYTHON) -m venv .venv > /dev/null || { $(PYTHON) -m venv --clear --without-pip .venv && \
		$(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	@$(BIN)/python -m pip install --quiet --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $(READY)

# Installing Debian's package starts a server of its own: it is removed again unless there was one before. Not every
# release of Debian has pgvector for it.
/usr/lib/postgresql/%/bin/postgres:
	had_server=$$(test -e /etc/postgresql/$*/main && echo yes || true); \
	sudo=$$(test $$(id -u) = 0 || echo sudo); \
	install="$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends"; \
	$$sudo apt-get update --quiet=2; \
	$$install postgresql-$*; \
	if apt-cache show postgresql-$*-pgvector > /dev/null 2>&1; then $$install postgresql-$*-pgvector; fi; \
	[ -n "$$had_server" ] || $$sudo pg_dropcluster --stop $* main
