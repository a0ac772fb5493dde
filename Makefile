# Everything an engineer types here; `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help setup tools peers run test evaluate tune benchmark attack lint

# Any Python from 3.8 on starts the set-up; a pyenv shim may be there and not run, so each is tried.
PYTHON3 := $(shell for p in python3 /usr/bin/python3 /usr/local/bin/python3 $(HOME)/.pyenv/versions/*/bin/python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 && echo "$$p" && break; done)

define environment
test -n "$(PYTHON3)" || { echo "No Python 3.8 or newer was found; install python3 and try again." >&2; exit 1; }; \
$(PYTHON3) bot/environment.py $(1)
endef

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

setup:  ## the locked environment in .venv, from the package index: what the advisor runs on
	@$(call environment,run)

tools:  ## ... and the tools of the tests
	@$(call environment,tests)

peers:  ## an environment with TensorFlow in .venv-peers, for the bots that are compared with
	@$(call environment,peers)

run: setup  ## set up, build, train where stale, and start the advisor (PORT=5005 HOST=127.0.0.1 ADVISOR_REST=1)
	@exec .venv/bin/python -m bot.run

test: tools  ## set up and run all tests
	@.venv/bin/python -m pytest

evaluate: tools peers  ## measure a live advisor on the held-out sets (some minutes; PEERS=1: other systems too, hours)
	@.venv/bin/python -m tests.evaluation $(if $(PEERS),--peers $(filter-out 1,$(PEERS)))

tune: tools  ## choose weights on the development sets; prints what it tries, changes nothing
	@.venv/bin/python -m tests.evaluation.tune

benchmark: tools peers  ## the advisor beside two other Rasa bots: speed, memory, long conversations (BENCHMARK=--help)
	@.venv/bin/python -m tests.benchmarks $(BENCHMARK)

attack: tools  ## attack an advisor on this machine and write down which promises it kept: SECURITY.md (hours)
	@.venv/bin/python -m tests.attacks $(ATTACKS)

lint: tools  ## what the style asks for and a machine can check
	@.venv/bin/ruff check .
