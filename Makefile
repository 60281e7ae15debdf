# Open Kraków. `make` lists what can be done.

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Whatever language the machine speaks, our files and messages are UTF-8.
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev test check lint types architecture format setup made lost static collected data admin messages lock bench clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup data static ## Set everything up and serve the portal on HOST:PORT with the production server
	@$(MANAGE) serve

dev: setup data ## The same with Django's development server: reloads on change, shows errors
	@DEBUG=1 $(MANAGE) runserver

test: setup ## Set everything up and run all tests
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest -n auto

check: lint types architecture ## Lint, types and architecture

lint: setup
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	@$(BIN)/python -m djlint --lint --quiet templates
	@$(MANAGE) makemigrations --check --dry-run --verbosity 0

types: setup
	@$(BIN)/python -m mypy

architecture: setup
	@$(BIN)/lint-imports

format: setup ## Put all code and templates in the house style
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true

# Of two that make the same thing at once, the second waits, and then finds it made. What a recipe
# leaves running, as PostgreSQL, must not hold the lock: -o.
FLOCK := $(shell command -v flock 2>/dev/null)
MAKE_ALONE = $(if $(FLOCK),flock -n Makefile true || echo "Waiting for another make in this folder"; flock -o Makefile) $(MAKE) --no-print-directory

setup: ## Virtual environment, dependencies, .env, catalogues
	@$(MAKE_ALONE) made

made: .venv/installed .env var/catalogues
	@true

# Anew also where Python has gone from under the virtual environment, or another version came in its
# place, for which no package is there.
.venv/installed: requirements-dev.txt requirements-morphology.txt $(shell $(BIN)/python -c 'import django' 2>/dev/null || echo lost)
	@command -v "$(PYTHON)" >/dev/null || { echo "$(PYTHON) is not installed. Install Python 3.11 or newer, or run make PYTHON=/path/to/python."; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11. Run make PYTHON=/path/to/a/newer/python."; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv."; exit 1; }
	@# What was stopped half way may be broken in any place.
	@test ! -e .venv/unfinished && $(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "Making the virtual environment in .venv"; "$(PYTHON)" -m venv --clear .venv; }
	@touch .venv/unfinished
	@echo "Installing dependencies from requirements-dev.txt"
	@{ $(PIP_INSTALL) --progress-bar off -r requirements-dev.txt || echo FAILED; } | $(call COUNTED,Collecting|Ignoring|Requirement,20,of $$(grep -c == requirements-dev.txt) packages) || { echo "The dependencies could not be installed: see above. The same command tries again."; exit 1; }
	@echo "Installing dictionaries of inflected forms from requirements-morphology.txt"
	@$(PIP_INSTALL) --quiet --only-binary :all: -r requirements-morphology.txt 2>.venv/refused || { $(NONE_FITS) && echo "There are none for this machine: the portal works with lists of lemmas and links a few words less."; } || { cat .venv/refused; echo "The dictionaries could not be installed: see above. The same command tries again."; exit 1; }
	@rm .venv/refused && mv .venv/unfinished $@ && touch $@

# The locks are complete. Without --no-deps pip before 23.3 looks for some packages anew, and stops
# as soon as the index holds a newer one.
PIP_INSTALL = $(BIN)/python -m pip install --disable-pip-version-check --require-hashes --no-deps

# Whether an index that answered holds nothing for this machine; of one that is away pip says as much.
NONE_FITS = grep -Eq "No matching distribution|not a supported wheel" .venv/refused && ! grep -Eq "Retrying|Could not fetch" .venv/refused

# How far a long step is: lines that begin with one of these words, so many at a time, of what.
COUNTED = { n=0; while read -r word rest; do case $$word in \
	$(1)) n=$$((n + 1)); test $$((n % $(2))) != 0 || echo "  $$n $(3)";; \
	Installing) echo "  All are here. Unpacking them takes as long again.";; \
	FAILED) exit 1;; \
	esac; done; }

lost:

.env: | .venv/installed
	@echo "Writing .env for your own machine"
	@cp .env.example .env.new && mv .env.new .env

var/catalogues: .venv/installed .env $(wildcard locale/*/LC_MESSAGES/*.po)
	@echo "Compiling catalogues"
	@$(MANAGE) compile_catalogues
	@mkdir -p var && touch $@

# Another number whenever a file that some app brings is new, changed or gone, or they are collected
# in another way.
STATIC_FILES = $(shell { find . -name '.?*' -prune -o -path ./var -prune -o -path '*/static/*' -type f -exec cksum {} +; cksum portal/settings.py portal/static_storage.py; } | cksum | tr -d ' ')

static: setup
	@$(MAKE_ALONE) collected

collected: var/static/collected-$(STATIC_FILES)
	@true

# The files of before stay: pages of a server that runs meanwhile name them. Only what stood for them
# goes.
var/static/collected-%: .venv/installed
	@echo "Collecting static files"
	@rm -f var/static/collected-*
	@{ DEBUG=0 PYTHONUNBUFFERED=1 $(MANAGE) collectstatic --noinput --verbosity 2 || echo FAILED; } | $(call COUNTED,Copying|Post-processed,100,files copied or compressed)
	@touch $@

data: setup
	@$(MANAGE) migrate
	@$(MANAGE) load_starter_content

admin: setup data ## Create an administrator and print a one-time password
	@$(MANAGE) create_admin

messages: setup ## Collect new interface texts into locale/ (needs GNU gettext)
	@command -v xgettext >/dev/null || { echo "xgettext is not installed. On Debian and Ubuntu: apt install gettext."; exit 1; }
	@$(MANAGE) makemessages --all --verbosity 0
	@$(MANAGE) makemessages --all --domain djangojs --verbosity 0

lock: ## Pin dependencies anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "uv is not installed. In a virtual environment: pip install uv."; exit 1; }
	@uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" -o requirements.txt
	@uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" --extra dev -o requirements-dev.txt
	@uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" --extra morphology -c requirements-dev.txt -o requirements-morphology.txt

bench: setup ## Measure pages at two sizes of data, as ratios in one run
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_words

clean: ## Remove what make made; the database under var/ too
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find locale -name '*.mo' -delete
