# Two commands on a fresh machine: `make run` and `make test`. The rest are shortcuts; no logic here.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: setup run test story lint clean

run: setup            ## the sample run: render, train, tell, score; then the scores in the terminal
	dvc repro
	@python -m lib.report.scores params.yaml

test: setup lint      ## lint, types, unit tests, the pipeline at its smallest size
	python -m pytest

story: setup          ## make story IMAGES="a.jpg b.jpg c.jpg": a story from your own pictures
	@python -m lib.story params.yaml $(IMAGES)

lint: setup
	ruff check .
	ruff format --check .
	mypy

setup: .venv/installed

.venv/installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	touch $@

clean:                ## remove the environment and half-finished work; data stay
	rm -rf .venv .scratch
