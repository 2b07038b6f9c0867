# `make report` and `make test` do all the set-up. To choose a Python: make PYTHON=python3.12 report
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
RUN = .venv/bin/verify run

.DEFAULT_GOAL := help
.PHONY: help report test test-all tables publish bench lint tools experiments clean

help: ## say what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-11s %s\n' "$$name" "$$text"; done

report: .venv/.installed ## judge every claim at quick effort and write reports/latest/report.html
	@$(RUN) --effort quick --out reports/latest

test: .venv/.installed ## run the tests (no root, no browser)
	@.venv/bin/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal -m "not needs_root and not needs_browser"

test-all: .venv/.installed ## run the tests, the linter, the types, both checkers on committed certificates, and the command in a fresh copy
	@$(MAKE) --no-print-directory experiments || echo "the extra 'experiments' could not be installed: the tests that need it will be counted as not run"
	@.venv/bin/python .ci/checks.py

tables: experiments ## repeat the paper's experiments and renew reports/tables (needs JAX and cvxpy, installed here)
	@.venv/bin/verify tables --out reports/tables

publish: .venv/.installed ## renew the committed report, at standard effort
	@$(RUN) --effort standard --out reports/arxiv-2606.04031

bench: .venv/.installed ## measure what must be fast
	@for file in benchmarks/[a-z]*.py; do test -e "$$file" || { echo "no benchmarks here"; break; }; echo "== $$file"; .venv/bin/python "$$file" || exit 1; done

lint: tools ## check the style and the types
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m mypy

experiments: .venv/.experiments ## install JAX, cvxpy and Clarabel, for the tables

tools: .venv/.tools ## install what development needs besides

clean: ## remove the latest report and all caches, but not .venv
	rm -rf reports/latest build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

.venv/.installed: pyproject.toml setup.py verify/numerics/kernels.c verify/numerics/kernels_body.h
	@test -n "$(PYTHON)" || { echo "make: no CPython 3.11 or newer was found; install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up .venv (once)"
	@"$(PYTHON)" -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.experiments: .venv/.installed
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[experiments]"
	@touch $@

.venv/.tools: .venv/.installed
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@
