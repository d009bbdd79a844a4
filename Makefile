# make demo   set everything up, grade the demo class, show where the reports lie
# make test   the same set-up, then the whole test suite
# make lint   ruff, mypy, the import contract
# make reference   bring the built parts of the pages and the JSON Schema up to date with code, records and the import contract
# make docs   the documentation site, in build/site; fails where a page is not up to date

PYTHON ?= python3
VENV   ?= .venv
OUT    ?= demo-out
PYTEST ?=
TESTERS ?= 4
# Tests mostly wait for sandboxes: twice as many at once as there are cores on a small machine. What hangs is shown and ended.
SIDE_BY_SIDE := -n $(TESTERS) -o faulthandler_timeout=900 -o faulthandler_exit_on_timeout=true
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test lint reference docs setup sandbox lock clean

demo: setup
	$(BIN)/grader doctor
	$(BIN)/grader demo --out $(OUT)

test: setup
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --durations=20 $(PYTEST)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

reference: $(STAMP)
	$(BIN)/python -m docs.tools.pages

docs: $(STAMP)
	$(BIN)/python -m docs.tools.pages --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

setup: sandbox $(STAMP)

$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "grader needs Python 3.11 or newer; try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || ! test "$$(id -u)" = 0 || ! command -v apt-get >/dev/null \
	  || { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y python3-venv; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { echo "Python cannot make virtual environments yet. Type: sudo apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --constraint requirements.lock -e '.[tensorflow,test,docs]'
	@touch $@

# Submissions run inside bubblewrap; libseccomp filters their system calls.
sandbox:
	@if test "$$(uname -s)" != Linux; then \
	  echo "note: sandboxes need Linux; on this system only 'grader check' and --trust-submissions work"; \
	elif command -v bwrap >/dev/null && { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -q libseccomp; then :; \
	elif test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y bubblewrap libseccomp2; \
	else \
	  echo "The sandbox is missing. Type: sudo apt-get install bubblewrap libseccomp2"; exit 1; \
	fi

lock: $(STAMP)
	{ echo "# Versions that the test suite passes with, for pip's --constraint. Made by: make lock"; \
	  $(BIN)/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9_.-]+=='; } > requirements.lock.new
	mv requirements.lock.new requirements.lock

clean:
	rm -rf $(VENV) $(OUT) build *.egg-info
