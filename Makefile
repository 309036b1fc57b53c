# doudi: `make up` starts everything on this machine, `make test` proves it. `make help` lists the rest.
PYTHON := .venv/bin/python
LOCAL := $(PYTHON) -m doudi_local
WORKERS ?= 2
PYTEST := $(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
PYTHONS := shared services deploy/local tests benchmarks
.DEFAULT_GOAL := help
.PHONY: help up down reset status ready-up ready test lint bench migrate openapi indexes \
	test-local test-unit test-policy test-services test-journeys test-contracts test-architecture test-faults

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' Makefile

up: ready-up ## install what is missing, start everything, load the demonstration county once
	@$(LOCAL) up

down: ## stop everything; data stays
	@if [ -x $(PYTHON) ]; then $(LOCAL) down; else echo "Nothing is installed, so nothing runs."; fi

reset: ## stop everything and wipe its data
	@if [ -x $(PYTHON) ]; then $(LOCAL) reset --yes; else echo "Nothing is installed, so there is no data."; fi

status: ## what runs, and where
	@if [ -x $(PYTHON) ]; then $(LOCAL) status; else echo "Nothing is installed, so nothing runs."; exit 3; fi

ready-up:
	@deploy/local/bootstrap up

ready:
	@deploy/local/bootstrap test

test: ready ## lint, types, import contracts and every test, on a PostgreSQL and a Kafka of its own
	@$(MAKE) --no-print-directory lint
	@$(PYTEST) tests

lint: ready ## ruff, import contracts, types
	@$(PYTHON) -m ruff check $(PYTHONS)
	@$(PYTHON) -m ruff format --check $(PYTHONS)
	@.venv/bin/lint-imports
	@$(PYTHON) -m mypy $(PYTHONS)

test-local test-unit test-policy test-services test-journeys test-contracts test-architecture test-faults: ready ## one part of the tests
	@$(PYTEST) tests/$(@:test-%=%)

bench: ## measure, beside the raw limits; writes benchmarks/results.json
	@deploy/local/bootstrap bench
	@$(PYTHON) -m benchmarks

migrate: ready-up ## bring the databases of the running installation up to date
	@$(LOCAL) migrate

openapi: ready ## write every service's openapi.json from what it serves
	@$(PYTHON) -m doudi_local.indexes write openapi

indexes: ready ## write the generated tables: clauses, events, metrics, settings
	@$(PYTHON) -m doudi_local.indexes write
