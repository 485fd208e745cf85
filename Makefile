# `make` alone lists what it can do: every target with a ## line.
BIN := .venv/bin
# `make test ARGS="-k card -n 0"` hands pytest whatever else you want. Three at a time on two cores:
# one or another waits for a browser or a site.
AT_ONCE := $(shell expr \( $$(getconf _NPROCESSORS_ONLN) \* 3 + 1 \) / 2)
PYTEST := $(BIN)/pytest --numprocesses $(AT_ONCE) --maxprocesses 6 --dist worksteal
NO_HEADER := --quiet --frozen --offline --no-header --no-emit-project

.DEFAULT_GOAL := help
.PHONY: help run desk words test quick test-scale fuzz mutants check format bench bench-peers load rehearse image images lighthouse scenes lock upgrade sbom clean environment-run environment-test
.NOTPARALLEL:
# Compiled modules are kept: the tests start some two hundred processes.
test quick: export PYTHONDONTWRITEBYTECODE :=

help: ## Show this list
	@echo "Schat je schatje. Usage: make TARGET, for some with ARGS=\"…\" handed on: make test ARGS=\"-k card\""
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target text; do \
		printf '  %-11s  %s\n' "$$target" "$$text"; done

run: environment-run ## Serve the site on http://127.0.0.1:8000 (PORT=8080 for another port)
	@exec $(BIN)/schatje serve --port $(or $(PORT),8000)

desk: environment-run ## Serve the staff desk on http://127.0.0.1:8001, in a second terminal (PORT=8081 for another)
	@exec $(BIN)/schatje staff --port $(or $(PORT),8001)

words: environment-run ## Bring new sentences into campaign/translations/*.po, where they are then translated
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F babel.cfg --no-location --sort-output -o build/messages.pot .
	@for po in campaign/translations/*.po; do \
		$(BIN)/pybabel -q update -i build/messages.pot -o $$po -l $$(basename $$po .po) --no-wrap \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit; done

test: check ## Run all that must hold: the checks, then the tests, browser tests included
	@tools/node-packages
	@tools/scale/programs || echo "Some tests of nginx and Redis will be skipped." >&2
	@tools/promtool || echo "A test of the alert rules will be skipped." >&2
	@CHROMIUM="$$(tools/chromium)" && export CHROMIUM && exec $(PYTEST) $(ARGS)

quick: environment-test ## Run the tests that need no browser and no running site or renderer (a minute or two)
	@exec $(PYTEST) --numprocesses auto -m "not browser and not processes" $(ARGS)

test-scale: environment-test ## Prove the composition, the image and docs/deploying.md (many minutes)
	@tools/scale/programs debootstrap buildah podman runc slirp4netns
	@TEST_SCALE=1 exec timeout --foreground --kill-after=60 3000 $(BIN)/pytest -p no:cacheprovider tests/scale $(ARGS)

fuzz: environment-test ## Change photos at random and read them, for a minute (FUZZ_SECONDS=600 for ten)
	@tools/fuzz

mutants: environment-test ## Put faults into a copy and see the tests fail (ARGS="ID ..." for some; ten minutes for all)
	@$(BIN)/python tools/mutants.py $(ARGS)

check: environment-test ## Run all but the tests: style, format, types, layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: environment-test ## Put the code in the house format and mend what can be mended alone
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: environment-test ## Measure our cards, and a slowed phone; writes docs/benchmarks.md
	@$(BIN)/python -m bench.cards
	@$(BIN)/python -m bench.loading
	@CHROMIUM="$$(tools/chromium)" && export CHROMIUM && exec $(BIN)/python -m bench.device

bench-peers: environment-test ## Compare them with sharp, satori and others (needs npm and a network once)
	@bench/peers/install
	@CHROMIUM="$$(tools/chromium)" && export CHROMIUM && exec timeout --foreground 900 $(BIN)/python -m bench.peers $(ARGS)

load: environment-test ## Measure what visitors wait for when many come at once, on this machine only
	@tools/scale/programs wrk h2load
	@timeout --foreground 900 $(BIN)/python -m bench.load
	@PYTHONPATH=tools/scale exec timeout --foreground 900 $(BIN)/python -m bench.evening

rehearse: environment-test ## Rehearse the evening: a rising crowd, an edit, kills, a hostile crowd (minutes)
	@tools/scale/programs h2load
	@PYTHONPATH=tools/scale exec timeout --foreground 1200 $(BIN)/python -m bench.rehearsal

scenes: environment-test ## Compose 1,500 scenes with faces and count those left; writes docs/faces.md
	@tools/fetch-portraits build/scenes
	@timeout --foreground 3000 $(BIN)/python tools/scenes.py build/scenes

image: ## Build the container image "schatje" with podman, docker or buildah (options: tools/image)
	@tools/image $(ARGS)

images: environment-test ## Draw the icons again, after a change of design
	$(BIN)/python tools/draw_images.py

lighthouse: environment-run ## Judge the main pages with Lighthouse; writes docs/lighthouse.md (needs npm)
	@CHROMIUM="$$(tools/chromium)" && export CHROMIUM && exec tools/lighthouse

lock: ## Lock the packages after a change in pyproject.toml (needs uv and a network)
	uv lock $(LOCK_ARGS)
# uv writes the index of this machine into the lock. This project names none: each machine uses its
# own, and the hashes prove that the files are the same. uv can still check, change and export such
# a lock; only `uv sync` and `uv run` cannot install from it.
	sed -E -e 's#registry = "[^"]*"#registry = "https://install-with-make.invalid/simple"#' \
		-e 's#url = "[^"]*/([^"/]+)"#url = "https://install-with-make.invalid/\1"#' uv.lock >uv.lock.new
	mv uv.lock.new uv.lock
	@mkdir -p requirements
	{ echo '# What the site needs, from uv.lock. Made by `make lock`: change pyproject.toml instead.'; \
		uv export $(NO_HEADER) --no-dev --group build; } >requirements/run.txt
	{ echo '# That, and what the checks and tests need. Made by `make lock`, like run.txt.'; \
		uv export $(NO_HEADER) --group build --group dev; } >requirements/test.txt
	{ echo '# What `make fuzz` needs beside that. Made by `make lock`, like run.txt.'; \
		uv export $(NO_HEADER) --only-group fuzz; } >requirements/fuzz.txt

upgrade: ## Lock the newest version of every package (needs uv and a network)
	@$(MAKE) --no-print-directory lock LOCK_ARGS=--upgrade

sbom: environment-run ## List all that runs and its licences: build/sbom.json, docs/licences.md
	$(BIN)/python tools/sbom.py

clean: ## Remove .venv and everything else that was made here
	rm -rf .venv tests/node/node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment-run environment-test: environment-%:
	@tools/environment $*
