# Every suite, included by the Makefile: `make test-all` runs what CI runs.

test-all: deps ## every test on every Lua, and the rock; what CI runs
	@+$(call suites,$(BUILD),c fuzz lint rock clang apicheck simulation specs hot installed openresty nginx)

.PHONY: simulate
simulate: build ## judge calls in a simulated world: SEEDS=1-3000, SEED=n, SHRINK=1, MUTANTS=1
	@$(RUN) spec/simulation/run.lua

.PHONY: map mutants
map: deps ## which tests enter which functions, for `make mutants`; 15 minutes; CODE="lua c"
	@+for code in $(or $(CODE),lua c); do tools/mutants/map.sh $$code; done

mutants: build ## change lines, name what no test notices: FILE=lua/streamctl/call COUNT=20 SEED=1
	@$(RUN) tools/mutants/run.lua

.PHONY: soak
SOAK_SECONDS ?= 3600
SOAK_KILLS ?= 500
soak: deps build ## seeds for an hour, then jobs and 500 kills; SOAK_SECONDS, SOAK_KILLS, SOAK_SEED
	@SEEDS=$$(date +%s)- CPU_SECONDS=$(SOAK_SECONDS) $(RUN) spec/simulation/run.lua
	@BUILD='$(BUILD)' $(RUN) spec/world/queue/chaos/soak_run.lua $(SOAK_KILLS) $(SOAK_SEED)

.PHONY: sanitize
sanitize: deps ## the C tests and the specs under AddressSanitizer and UndefinedBehaviorSanitizer
	@+CFLAGS='-DSCTL_CHECKED $(SANITIZE)' PRELOAD="$$($(CC) -print-file-name=libasan.so) \
	    $$($(CC) -print-file-name=libubsan.so)" $(call suites,$(BUILD)/sanitize,$(if $(SPEC),,c specs gc))

.PHONY: valgrind
valgrind: deps ## the C tests under valgrind, Lua with the binding in one of them
	@+CFLAGS='-O1 -g' SANITIZE='-O1 -g' LIMIT=1800 $(call suites,$(BUILD)/valgrind,valgrind)

.PHONY: installed
installed: build
	@MAKE='$(MAKE)' BUILD='$(BUILD)' tools/installed.sh '$(CURDIR)/$(BUILD)/$(LUA)/installed' $(LUA)

# The server of spec/world/faults, which misbehaves as its scripts say. No sanitizer: it is no part of us.
$(BUILD)/faults/server: spec/world/faults/server.c spec/world/faults/server_file.h
	@mkdir -p $(@D)
	$(call say,LINK)$(CC) -std=c11 -O1 -g $(WARNINGS) -o $@.$$$$ $< $(call pkg_libs,libssl libcrypto,-lssl -lcrypto) \
	    -lpthread && mv $@.$$$$ $@

# Where only the C tests run: Alpine and macOS.
APK_PACKAGES := build-base coreutils pkgconf lua5.4-dev curl-dev openssl-dev
BREW_PACKAGES := coreutils pkgconf lua@5.4 openssl@3
.PHONY: deps-c
deps-c: ## install what the C tests need (Alpine, macOS)
	@if command -v apk >/dev/null; then apk add --quiet $(APK_PACKAGES); \
	    else brew install --quiet $(BREW_PACKAGES); fi
