# Open Kraków. `make` lists what can be done.

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
export HOST ?= 127.0.0.1
export PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help run dev test check lint types architecture format setup data admin messages lock bench clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup data var/static/staticfiles.json ## Set everything up and serve the portal on HOST:PORT with the production server
	@$(MANAGE) serve

dev: setup data ## The same with Django's development server: reloads on change, shows errors
	@DEBUG=1 $(MANAGE) runserver $(HOST):$(PORT)

test: setup ## Set everything up and run all tests
	@$(BIN)/python -m tests.chromium
	@$(BIN)/pytest -n auto

check: lint types architecture ## Lint, types and architecture

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --check --target-version 5.2 $$(git ls-files -co --exclude-standard 'templates/*.html')
	@$(BIN)/djlint --lint --quiet templates
	@$(MANAGE) makemigrations --check --dry-run --verbosity 0

types: setup
	@$(BIN)/mypy

architecture: setup
	@$(BIN)/lint-imports

format: setup ## Put all code and templates in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djade --target-version 5.2 $$(git ls-files -co --exclude-standard 'templates/*.html') || true

setup: .venv/installed .env var/catalogues ## Virtual environment, dependencies, .env, catalogues
	@true

.venv/installed: requirements-dev.txt requirements-morphology.txt
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed. Install Python 3.11 or newer, or run make PYTHON=/path/to/python."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11. Run make PYTHON=/path/to/a/newer/python."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv."; exit 1; }
	@test -x $(BIN)/python || { echo "Making the virtual environment in .venv"; $(PYTHON) -m venv .venv; }
	@echo "Installing dependencies from requirements-dev.txt"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-morphology.txt 2>/dev/null || echo "No dictionaries of inflected forms for this machine (requirements-morphology.txt): the portal works with lists of lemmas and links a few words less."
	@touch $@

.env:
	@echo "Writing .env for your own machine"
	@cp .env.example .env

var/catalogues: .venv/installed .env $(wildcard locale/*/LC_MESSAGES/*.po)
	@echo "Compiling catalogues"
	@$(MANAGE) compile_catalogues
	@mkdir -p var && touch $@

# The manifest is written last, so it is as new as what was collected.
var/static/staticfiles.json: .venv/installed .env portal/settings.py portal/static_storage.py $(shell find portal offices publishing -path '*/static/*' -type f)
	@echo "Collecting static files"
	@$(MANAGE) collectstatic --noinput --verbosity 0

data: setup
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_starter_content

admin: setup data ## Create an administrator and print a one-time password
	@$(MANAGE) create_admin

messages: setup ## Collect new interface texts into locale/ (needs GNU gettext)
	@command -v xgettext >/dev/null || { echo "xgettext is not installed. On Debian and Ubuntu: apt install gettext."; exit 1; }
	@$(MANAGE) makemessages --all --no-wrap --add-location file --ignore .venv --ignore var --verbosity 0
	@$(MANAGE) makemessages --all --domain djangojs --no-wrap --add-location file --ignore .venv --ignore var --verbosity 0

lock: ## Pin dependencies anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "uv is not installed."; exit 1; }
	@uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" -o requirements.txt
	@uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" --extra dev -o requirements-dev.txt
	@uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" --extra morphology -c requirements-dev.txt -o requirements-morphology.txt

bench: setup ## Measure pages at two sizes of data, as ratios in one run
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_words

clean: ## Remove what make made; the database under var/ too
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find locale -name '*.mo' -delete
