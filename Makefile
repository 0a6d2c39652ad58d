# Two commands do everything: `make run` and `make test`. The rest is for those
# who work on the program. `make help` lists them.

GO       ?= go
BIN      := bin/commonweal
LISTEN   ?= 127.0.0.1:8080
DATABASE ?= var/demo.db
STATIC   := internal/web/static/dist/manifest.json
WITH_PG  := $(GO) run ./internal/base/db/dbtest/withpostgres

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: build ## build, make the demonstration mutual and serve it on http://127.0.0.1:8080
	@$(BIN) demo --database $(DATABASE) $(if $(COMMONWEAL_PUBLISHED),--published "$(COMMONWEAL_PUBLISHED)")
	@$(BIN) serve --demo --database $(DATABASE) --listen $(LISTEN)

.PHONY: build
build: $(STATIC) ## build the program with its stylesheet
	$(GO) build -trimpath -o $(BIN) ./cmd/commonweal

# The stylesheet and the fonts come from npm; they are built once and embedded.
$(STATIC): web/package.json web/package-lock.json web/*.mjs $(shell find web/style web/module web/booth web/keyholder web/vote web/credential web/survey -type f 2>/dev/null)
	cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build

.PHONY: test
test: tools $(STATIC) test-go test-browser ## install what the tests need and run all of them

.PHONY: test-go
# What makes them slower and finds nothing is left out: vet (`make check` has it), the
# debugger's tables, and collecting garbage while there is memory.
test-go: $(STATIC) ## Go tests, on SQLite and on a throw-away PostgreSQL cluster
	GOGC=400 $(WITH_PG) $(GO) test -vet=off -ldflags='-s -w' $(TESTFLAGS) ./...

.PHONY: test-browser
test-browser: build e2e/node_modules ## a real browser on the demonstration mutual: axe, keyboard, no scripts
	cd e2e && COMMONWEAL_BIN=$(BIN) npm test --silent

e2e/node_modules: e2e/package-lock.json
	cd e2e && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: tools
tools: ## install PostgreSQL, Chromium and belenios-tool where missing (Debian, root or sudo)
	@scripts/install-test-tools

.PHONY: check
check: ## vet, staticcheck, errcheck, gofumpt, govulncheck, race on the libraries
	@scripts/check

.PHONY: bench
bench: ## the figures the project answers for
	@scripts/bench

.PHONY: clean
clean: ## remove what was built and the demonstration database
	rm -rf bin var internal/web/static/dist/*
	touch internal/web/static/dist/.gitkeep
