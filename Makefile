# Builds, tests and packages streamctl. `make help` lists the targets.
#
# Everything that is made lands under build/, never beside the sources:
#   build/core/            objects of csrc/core, which know no Lua and serve every Lua
#   build/<lua>/obj/       objects of csrc/lua for that Lua
#   build/<lua>/streamctl/ core.so, engine.so and system.so, found through LUA_CPATH (`make env`)

# The sources of the three shared objects are those that the rockspec lists, "streamctl.NAME" = { ...
ROCKSPEC := rockspec/streamctl-scm-1.rockspec
sources_of = $(shell awk '/^ *\["streamctl\.$(1)"\]/ { on = 1 } on && /^ *}/ { exit } \
    on && /\.c"/ { split($$0, part, "\""); print part[2] }' $(ROCKSPEC))
CORE_SOURCES := $(call sources_of,core)
ENGINE_SOURCES := $(call sources_of,engine)
SYSTEM_SOURCES := $(call sources_of,system)
ALL_SOURCES := $(sort $(CORE_SOURCES) $(ENGINE_SOURCES) $(SYSTEM_SOURCES))

# Debian packages: what `make demo` needs, and what `make test` needs on top of that.
# Of 'a|b' one is enough. luajit2 comes first: Debian 12's luajit cannot be installed beside its
# libnginx-mod-http-lua, while Debian 13's luajit is OpenResty's as well, and has no other name.
DEMO_PACKAGES := build-essential pkg-config lua5.4 liblua5.4-dev lua-cjson lua-argparse \
    libcurl4-openssl-dev libssl-dev openssl curl ca-certificates \
    nginx libnginx-mod-http-lua lua-nginx-string redis-server lua-redis lua-socket
TEST_PACKAGES := $(DEMO_PACKAGES) lua5.1 liblua5.1-0-dev \
    'luajit2|luajit' 'libluajit2-5.1-dev|libluajit-5.1-dev' \
    lua-busted luarocks git zip unzip lua-check clang-format clang-tidy cppcheck \
    lua-ldoc lua-discount help2man lua-sec \
    lua-luv lua-cqueues lua-copas lua-nginx-redis clang libclang-rt-dev valgrind libc6-dbg \
    libfaketime locales tmux zsh fish groff-base jq

BUILD := build

# LUA: the interpreter of one build (lua5.4 lua5.3 lua5.2 lua5.1 luajit).
# LUAS: the interpreters of the tests; naming LUA narrows them to that one.
LUA ?= lua5.4
LUAS ?= $(if $(filter file,$(origin LUA)),lua5.4 lua5.1 luajit,$(LUA))

# CPPFLAGS, CFLAGS and LDFLAGS are the user's; what the code relies on is added to them.
# WERROR=1 turns warnings into errors (lint does), V=1 shows the commands.
CFLAGS ?= -O2 -g -fstack-protector-strong \
    $(if $(findstring _FORTIFY_SOURCE,$(CPPFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
C_FLAGS = -std=c11 -fPIC -fvisibility=hidden -ffile-prefix-map=$(CURDIR)=. $(WARNINGS) \
    $(if $(WERROR),-Werror) $(CPPFLAGS) $(CFLAGS)
SO_FLAGS = -Wl,-z,relro,-z,now $(LDFLAGS)
SANITIZE ?= -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

ifeq ($(shell uname -s),Darwin)
SO_FLAGS = $(LDFLAGS)
SHARED := -bundle -undefined dynamic_lookup
else
SHARED := -shared
endif

# pkg-config is asked in the recipes: `make test` may have installed it only a moment ago.
pkg_cflags = $$(pkg-config --cflags $(1) 2>/dev/null)
pkg_libs = $$(pkg-config --libs $(1) 2>/dev/null || echo $(2))
lua_cflags = $(if $(LUA_INCDIR),-I$(LUA_INCDIR),$(call pkg_cflags,$(1)))

silent := $(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(V),,@$(if $(silent),,printf '%-5s %s\n' '$(1)' '$@';))

# What a checkout needs to find its own modules, before the system's.
CHECKOUT_PATH = $(CURDIR)/lua/?.lua;$(CURDIR)/lua/?/init.lua;$(CURDIR)/?.lua;;
CHECKOUT_CPATH = $(CURDIR)/$(BUILD)/$(LUA)/?.so;;
RUN = LUA_PATH='$(CHECKOUT_PATH)' LUA_CPATH='$(CHECKOUT_CPATH)' $(LUA)
SIMULATE = LUA_PATH='$(CURDIR)/spec/?.lua;$(CHECKOUT_PATH)' LUA_CPATH='$(CHECKOUT_CPATH)'
# Debian has redis-lua for the Luas up to 5.3, and its text serves 5.4 as well.
RUN_WITH_REDIS = LUA_PATH='$(CHECKOUT_PATH);/usr/share/lua/5.3/?.lua' LUA_CPATH='$(CHECKOUT_CPATH)' $(LUA)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "LUA=$(LUA) (lua5.4 lua5.3 lua5.2 lua5.1 luajit)   V=1 shows the commands"
	@echo "make test SPEC=spec/unit/options_spec.lua LUA=lua5.4   runs one file"

# ---- building --------------------------------------------------------------------------

objects_of = $(addprefix $(1)/streamctl/,core.so engine.so system.so)

.PHONY: build build-all
build: $(call objects_of,$(BUILD)/$(LUA)) ## compile for one Lua

build-all: $(foreach lua,$(LUAS),$(call objects_of,$(BUILD)/$(lua)))

.PHONY: env
env: ## print the exports that make a checkout usable: eval "$(make -s env)"
	@+$(MAKE) --no-print-directory build LUA=$(LUA) >&2
	@printf "export LUA_PATH='%s' LUA_CPATH='%s'\n" '$(CHECKOUT_PATH)' '$(CHECKOUT_CPATH)'

# Rewritten only when compiler or flags change; every object depends on it.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(C_FLAGS) $(SO_FLAGS) $(LUA_INCDIR)' >$@.$$$$ && \
	    if cmp -s $@.$$$$ $@; then rm $@.$$$$; else mv $@.$$$$ $@; fi
.PHONY: FORCE
FORCE:

$(BUILD)/core/%.o: csrc/core/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(C_FLAGS) $(call pkg_cflags,libcurl libcrypto) -MMD -MP -c -o $@ $<

# objects(sources, lua)
objects = $(patsubst csrc/core/%.c,$(BUILD)/core/%.o,$(filter csrc/core/%,$(1))) \
    $(patsubst csrc/lua/%.c,$(BUILD)/$(2)/obj/%.o,$(filter csrc/lua/%,$(1)))

define rules_for_lua
$(BUILD)/$(1)/obj/%.o: csrc/lua/%.c $(BUILD)/flags
	@mkdir -p $$(@D)
	$$(call say,CC)$$(CC) $$(C_FLAGS) $$(call lua_cflags,$(1)) -MMD -MP -c -o $$@ $$<

# core.so never links libcurl and engine.so never libcrypto: a process that only signs loads no
# transfer engine.
$(BUILD)/$(1)/streamctl/core.so: $(call objects,$(CORE_SOURCES),$(1))
	@mkdir -p $$(@D)
	$$(call say,LINK)$$(CC) $$(SHARED) $$(CFLAGS) $$(SO_FLAGS) -o $$@ $$^ $$(call pkg_libs,libcrypto,-lcrypto)

$(BUILD)/$(1)/streamctl/engine.so: $(call objects,$(ENGINE_SOURCES),$(1))
	@mkdir -p $$(@D)
	$$(call say,LINK)$$(CC) $$(SHARED) $$(CFLAGS) $$(SO_FLAGS) -o $$@ $$^ $$(call pkg_libs,libcurl,-lcurl)

$(BUILD)/$(1)/streamctl/system.so: $(call objects,$(SYSTEM_SOURCES),$(1))
	@mkdir -p $$(@D)
	$$(call say,LINK)$$(CC) $$(SHARED) $$(CFLAGS) $$(SO_FLAGS) -o $$@ $$^
endef
$(foreach lua,$(sort $(LUA) $(LUAS)),$(eval $(call rules_for_lua,$(lua))))

-include $(wildcard $(BUILD)/core/*/*.d $(BUILD)/*/obj/*.d $(BUILD)/c/*.d $(BUILD)/c/*/*.d $(BUILD)/c/core/*/*.d)

# ---- running ---------------------------------------------------------------------------

# DEPS=no leaves the machine as it is, for systems other than Debian.
install = $(if $(filter no,$(DEPS)),:,tools/deps.sh)

.PHONY: deps deps-demo
deps: ## install what the tests need (Debian)
	@$(install) $(TEST_PACKAGES)
deps-demo:
	@$(install) $(DEMO_PACKAGES)

# Where only the C tests run: Alpine and macOS.
APK_PACKAGES := build-base coreutils pkgconf lua5.4-dev curl-dev openssl-dev
BREW_PACKAGES := coreutils pkgconf lua@5.4 openssl@3
.PHONY: deps-c
deps-c: ## install what the C tests need (Alpine, macOS)
	@if command -v apk >/dev/null; then apk add --quiet $(APK_PACKAGES); \
	    else brew install --quiet $(BREW_PACKAGES); fi

.PHONY: demo
demo: deps-demo ## install, build, and resume streams against the emulator
	@+$(MAKE) --no-print-directory build
	@$(RUN) spec/emulator/run.lua -- $(LUA) examples/demo.lua
	@for act in command queue; do STREAMCTL='$(LUA) bin/streamctl' \
	    $(RUN_WITH_REDIS) spec/emulator/run.lua -- sh examples/$$act.sh || exit 1; done

.PHONY: emulator
emulator: deps-demo ## run the emulator of both vendors until interrupted
	@+$(MAKE) --no-print-directory build
	@$(RUN) spec/emulator/run.lua

.PHONY: bench
bench: deps build ## measure against peers; PARTS="sign send" chooses, QUICK=1 is for a look
	@BUILD='$(BUILD)' $(RUN) bench/run.lua $(PARTS)

.PHONY: types
types: ## write what follows from the rows: the catalogues' indexes, types/, docs/reference
	@mkdir -p types/streamctl/aliyun types/streamctl/zego
	@+$(MAKE) --no-print-directory build
	@$(RUN) tools/types.lua write

# The manual pages have no date: made from the same sources, they are the same.
.PHONY: manual
manual: build ## write the manual pages of the commands to build/streamctl.1 and streamctl-edge.1
	@mkdir -p $(BUILD)/manual
	@$(RUN) tools/manual.lua >$(BUILD)/manual/streamctl.include
	@page() { \
	    $(LUA) tools/write_command.lua "$$(command -v $(LUA))" '$(CURDIR)/lua' \
	        '$(CURDIR)/$(BUILD)/$(LUA)' $$1 >$(BUILD)/manual/$$1 && chmod +x $(BUILD)/manual/$$1 && \
	    (cd $(BUILD)/manual && help2man --no-info --opt-include=$$1.include --name="$$2" ./$$1 >page) && \
	    sed 's/^\(\.TH [^ ]* "1"\) "[^"]*"/\1 ""/' $(BUILD)/manual/page >$(BUILD)/$$1.1; }; \
	page streamctl 'control live streams at Alibaba Cloud and ZEGOCLOUD' && \
	page streamctl-edge 'set up the service that forbids and resumes live streams'

# Where `make install` puts things: PREFIX on its own, or each folder, below DESTDIR for packagers.
PREFIX = /usr/local
INST_BINDIR = $(PREFIX)/bin
INST_LUADIR = $(PREFIX)/share/lua/$(LUA_VERSION)
INST_LIBDIR = $(PREFIX)/lib/lua/$(LUA_VERSION)
DATADIR = $(PREFIX)/share
MANDIR = $(DATADIR)/man
DOCDIR = $(DATADIR)/doc/streamctl
LUA_VERSION = $(shell $(LUA) -e 'io.write(_VERSION:match("%d+%.%d+"))')

.PHONY: install
install: build ## install below PREFIX (/usr/local) for one Lua: modules, command, manual, completions
	@+if command -v help2man >/dev/null; then \
	    $(MAKE) --no-print-directory manual; else rm -f $(BUILD)/streamctl*.1; fi
	@LUA='$(LUA)' BUILD='$(BUILD)' DESTDIR='$(DESTDIR)' INST_BINDIR='$(INST_BINDIR)' \
	    INST_LUADIR='$(INST_LUADIR)' INST_LIBDIR='$(INST_LIBDIR)' DATADIR='$(DATADIR)' \
	    MANDIR='$(MANDIR)' DOCDIR='$(DOCDIR)' \
	    LUA_PATH='$(CHECKOUT_PATH)' LUA_CPATH='$(CHECKOUT_CPATH)' tools/install.sh

.PHONY: uninstall
uninstall: ## remove what `make install` put below PREFIX, of every Lua
	@DESTDIR='$(DESTDIR)' DATADIR='$(DATADIR)' tools/install.sh remove

docs: deps manual ## write the API reference to build/docs, and the manual page
	@mkdir -p build/reference
	@$(RUN) tools/types.lua reference build/reference
	@ldoc --config config.ld --fatalwarnings --quiet .
	@! groff -ww -man -Tutf8 $(BUILD)/streamctl.1 $(BUILD)/streamctl-edge.1 2>&1 >/dev/null | grep .
	@echo build/docs/index.html

# The site is made in a folder of its own, where its packages are too: nothing else needs them.
PAGES := $(BUILD)/pages

.PHONY: site
site: build ## write the site to build/site (Node 20; packages come from npm)
	@for program in node npm; do command -v $$program >/dev/null || { \
	    echo "make site needs $$program: apt-get install nodejs npm (Node 20 or newer)" >&2; exit 1; }; done
	@rm -rf $(PAGES)/src && mkdir -p $(PAGES)/src && cp -R site/. $(PAGES) && cp -R docs/. $(PAGES)/src
	@$(RUN) tools/types.lua site $(PAGES)/src
	@mv $(PAGES)/src/zh $(PAGES)/src/chinese
	@cd $(PAGES) && { cmp -s package-lock.json node_modules/.made-of || { \
	    npm ci --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.made-of; }; }
	@cd $(PAGES) && npm run --silent build

# ---- testing ---------------------------------------------------------------------------

# suites(build folder, suites): see tools/test.sh
suites = MAKE='$(MAKE)' BUILD='$(1)' LUAS='$(LUAS)' SPEC='$(SPEC)' LINT='$(LINT)' tools/test.sh $(2)

.PHONY: test test-all
test: deps ## what a change needs, in four minutes; SPEC=file runs one file, LUA=lua5.4 one Lua
	@+QUICK=1 $(call suites,$(BUILD),$(or $(SUITES),$(if $(SPEC),,c lint simulation specs installed nginx)))

test-all: deps ## every test on every Lua, and the rock; what CI runs
	@+$(call suites,$(BUILD),c fuzz lint rock clang simulation specs hot installed openresty nginx cosockets)

.PHONY: test-systems
test-systems: ## on Debian 13, arm64, i386, s390x and musl, in clean roots (as root); SYSTEMS="arm64 i386"
	@tools/test_systems.sh $(SYSTEMS)

.PHONY: test-install
test-install: ## what README says about installing, in clean systems (as root); SUITE=bookworm
	@ROOT_CACHE='$(or $(ROOT_CACHE),$(CURDIR)/$(BUILD)/roots)' tools/test_install.sh \
	    $(if $(filter file undefined,$(origin SUITE)),bookworm trixie noble,$(SUITE))

.PHONY: test-site
test-site: site ## that the site is the same twice; its pages in a headless Chromium: widths, links, search
	@command -v chromium >/dev/null || { echo "make test-site needs chromium: apt-get install chromium" >&2; exit 1; }
	@rm -rf $(PAGES)/first && mv $(BUILD)/site $(PAGES)/first
	@+$(MAKE) --no-print-directory site
	@diff -rq $(PAGES)/first $(BUILD)/site
	@node spec/site/site.mjs $(BUILD)/site $(PAGES)

.PHONY: deb test-deb
deb test-deb: SUITE ?= $(shell . /etc/os-release && echo $$VERSION_CODENAME)
deb: ## build Debian packages in a clean system (as root), to build/deb/SUITE; SUITE=trixie
	@tools/deb.sh build $(SUITE)

test-deb: ## install those packages in another clean system, use them, purge them
	@tools/deb.sh test $(SUITE)

# The C tests are linked with the whole core and always run under the sanitizers.
C_TESTS := $(patsubst spec/c/%.c,$(BUILD)/c/%,$(wildcard spec/c/test_*.c))
CORE_ONLY := $(filter csrc/core/%,$(ALL_SOURCES))
C_CORE := $(CORE_ONLY:csrc/core/%.c=$(BUILD)/c/core/%.o)
C_TEST_FLAGS = $(filter-out -D_FORTIFY_SOURCE=% -O%,$(C_FLAGS)) -DSCTL_TEST_ALLOC $(SANITIZE)

.PHONY: c-tests
c-tests: $(C_TESTS) $(patsubst spec/fuzz/fuzz_%.c,$(BUILD)/c/replay_%,$(wildcard spec/fuzz/fuzz_*.c))

.SECONDARY: $(C_CORE) $(C_TESTS:=.o)

$(BUILD)/c/core/%.o: csrc/core/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(C_TEST_FLAGS) $(call pkg_cflags,libcurl libcrypto) -MMD -MP -c -o $@ $<

# A test that nothing runs is an error.
$(BUILD)/c/%.o: spec/c/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(C_TEST_FLAGS) -Werror=unused-function $(C_LUA_FLAGS) -Icsrc/core \
	    $(call pkg_cflags,libcurl libcrypto) -MMD -MP -c -o $@ $<

$(BUILD)/c/test_%: $(BUILD)/c/test_%.o $(C_CORE)
	$(call say,LINK)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(call pkg_libs,libcurl,-lcurl) \
	    $(call pkg_libs,libcrypto,-lcrypto) $(C_LUA_LIBS) -lpthread

# Two of them have Lua and the binding in them as well.
C_BINDING := $(patsubst csrc/lua/%.c,$(BUILD)/c/lua/%.o,$(filter csrc/lua/%,$(ALL_SOURCES)))
TESTS_WITH_LUA := $(BUILD)/c/test_alloc_lua $(BUILD)/c/test_lua_stack
$(TESTS_WITH_LUA): $(C_BINDING)
$(TESTS_WITH_LUA): C_LUA_LIBS = $(call pkg_libs,lua5.4,-llua5.4) -ldl
$(TESTS_WITH_LUA:=.o) $(C_BINDING): C_LUA_FLAGS = $(call pkg_cflags,lua5.4)
.SECONDARY: $(C_BINDING)

# Another one is a TLS server as well.
$(BUILD)/c/test_engine_tls: C_LUA_LIBS = $(call pkg_libs,libssl,-lssl)

$(BUILD)/c/lua/%.o: csrc/lua/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(C_TEST_FLAGS) $(C_LUA_FLAGS) -MMD -MP -c -o $@ $<

# The targets of spec/fuzz: with replay.c they run over their seeds (make test), with libFuzzer they
# look for more (make fuzz). What is found goes to build/fuzz; a crash, once understood, to the
# seeds.
FUZZ_SECONDS ?= 30
FUZZERS := $(patsubst spec/fuzz/fuzz_%.c,%,$(wildcard spec/fuzz/fuzz_*.c))
FUZZ_CORE := $(CORE_ONLY:csrc/core/%.c=$(BUILD)/fuzz/core/%.o)
FUZZ_FLAGS := -std=c11 $(WARNINGS) -DSCTL_TEST_ALLOC $(SANITIZE)
FUZZ_HEADERS := $(wildcard spec/fuzz/*.h) $(wildcard csrc/core/*/*.h)
fuzz_libs = $(call pkg_libs,libcurl,-lcurl) $(call pkg_libs,libcrypto,-lcrypto) -lm -lpthread

$(BUILD)/c/replay_%: spec/fuzz/fuzz_%.c spec/fuzz/replay.c $(FUZZ_HEADERS) $(C_CORE)
	$(call say,LINK)$(CC) $(C_TEST_FLAGS) $(C_LUA_FLAGS) $(LDFLAGS) -Icsrc/core \
	    $(call pkg_cflags,libcurl libcrypto) -o $@ $(filter-out %.h,$^) $(C_LUA_LIBS) $(fuzz_libs)

$(BUILD)/fuzz/core/%.o: csrc/core/%.c $(FUZZ_HEADERS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)clang $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link $(call pkg_cflags,libcurl libcrypto) -c -o $@ $<

$(BUILD)/fuzz/lua/%.o: csrc/lua/%.c $(FUZZ_HEADERS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)clang $(FUZZ_FLAGS) $(C_LUA_FLAGS) -fsanitize=fuzzer-no-link -c -o $@ $<

$(BUILD)/fuzz/fuzz_%: spec/fuzz/fuzz_%.c $(FUZZ_HEADERS) $(FUZZ_CORE)
	$(call say,LINK)clang $(FUZZ_FLAGS) $(C_LUA_FLAGS) -fsanitize=fuzzer -Icsrc/core \
	    $(call pkg_cflags,libcurl libcrypto) -o $@ $(filter-out %.h,$^) $(C_LUA_LIBS) $(fuzz_libs)

# Some of them have Lua and the binding in them as well.
FUZZ_BINDING := $(C_BINDING:$(BUILD)/c/lua/%=$(BUILD)/fuzz/lua/%)
WITH_LUA := $(foreach it,incoming json walk,$(BUILD)/c/replay_$(it) $(BUILD)/fuzz/fuzz_$(it))
$(filter $(BUILD)/c/%,$(WITH_LUA)): $(C_BINDING)
$(filter $(BUILD)/fuzz/%,$(WITH_LUA)): $(FUZZ_BINDING)
$(WITH_LUA): C_LUA_LIBS = $(call pkg_libs,lua5.4,-llua5.4)
$(WITH_LUA): C_LUA_FLAGS = $(call pkg_cflags,lua5.4)

.SECONDARY: $(FUZZ_CORE) $(FUZZ_BINDING)
.PHONY: fuzz
fuzz: deps ## look for inputs that break the core, FUZZ_SECONDS (30) for each target
	@+$(MAKE) --no-print-directory $(FUZZERS:%=$(BUILD)/fuzz/fuzz_%)
	@tools/fuzz.sh '$(BUILD)/fuzz' $(FUZZ_SECONDS) $(FUZZERS)

# The server of spec/faults, which misbehaves as its scripts say. No sanitizer: it is no part of us.
$(BUILD)/faults/server: spec/faults/server.c spec/faults/server_file.h
	@mkdir -p $(@D)
	$(call say,LINK)$(CC) -std=c11 -O1 -g $(WARNINGS) -o $@.$$$$ $< $(call pkg_libs,libssl libcrypto,-lssl -lcrypto) \
	    -lpthread && mv $@.$$$$ $@

.PHONY: simulate
simulate: build ## judge calls in a simulated world: SEEDS=1-3000, SEED=n, SHRINK=1, MUTANTS=1
	@$(SIMULATE) $(LUA) spec/simulation/run.lua

.PHONY: soak
SOAK_SECONDS ?= 3600
SOAK_KILLS ?= 500
soak: deps build ## calls and faults for an hour, then jobs and 500 kills; SOAK_SECONDS, SOAK_KILLS, SOAK_SEED
	@+$(MAKE) --no-print-directory build LUA=luajit
	@BUILD='$(BUILD)' $(RUN) spec/faults/soak_run.lua $(SOAK_SECONDS) $(SOAK_SEED)
	@SEEDS=$$(date +%s)- CPU_SECONDS=$(SOAK_SECONDS) $(SIMULATE) $(LUA) spec/simulation/run.lua
	@BUILD='$(BUILD)' $(RUN) spec/queue/chaos/soak_run.lua $(SOAK_KILLS) $(SOAK_SEED)

.PHONY: sanitize
sanitize: deps ## the C tests and the specs under AddressSanitizer and UndefinedBehaviorSanitizer
	@+CFLAGS='$(SANITIZE)' PRELOAD="$$($(CC) -print-file-name=libasan.so) \
	    $$($(CC) -print-file-name=libubsan.so)" $(call suites,$(BUILD)/sanitize,$(if $(SPEC),,c specs gc))

.PHONY: valgrind
valgrind: deps ## the C tests and a short Lua run under valgrind
	@+CFLAGS='-O1 -g' SANITIZE='-O1 -g' LIMIT=1800 $(call suites,$(BUILD)/valgrind,valgrind)

.PHONY: installed
installed: build
	@MAKE='$(MAKE)' BUILD='$(BUILD)' tools/installed.sh '$(CURDIR)/$(BUILD)/$(LUA)/installed' $(LUA)

.PHONY: image test-image
image: build ## make OCI images of the command and of the edge in build/image (Debian, as root)
	@+MAKE='$(MAKE)' tools/image.sh '$(BUILD)/image'
test-image: ## run the images of `make image` as containers, against the emulator
	@$(install) umoci runc
	@+$(MAKE) --no-print-directory test SPEC=spec/image LUA=$(LUA)

.PHONY: rock
rock: ## pack a source rock, install it offline into a tree, and use it from there
	@tools/rock.sh '$(CURDIR)/$(BUILD)/rock' $(ROCKSPEC) $(LUAS)

# What a release consists of: CONTRIBUTING.md, "Releasing".
.PHONY: release
release: ## tarball, rock, SBOM and sums of VERSION, to build/release; SUMS=file: the same as there?
	@$(install) git zip lua5.4 lua-cjson
	@LUA='$(LUA)' LUA_PATH='$(CHECKOUT_PATH)' tools/release.sh '$(VERSION)' $(BUILD)/release $(SUMS)

.PHONY: publish
publish: ## leave what `make release` made as a draft at GitHub (by its program gh)
	@cd $(BUILD)/release && gh release create 'v$(VERSION)' --draft --verify-tag \
	    --title 'streamctl $(VERSION)' --notes-file notes.md SHA256SUMS streamctl-'$(VERSION)'*

# ---- lint ------------------------------------------------------------------------------

C_FILES := $(wildcard csrc/*/*.[ch] csrc/*/*/*.[ch] spec/c/*.[ch] spec/fuzz/*.[ch] \
    spec/faults/*.[ch] bench/*.c bench/*/*.c)
TIDY := $(patsubst %,$(BUILD)/lint/%.tidy,$(wildcard csrc/*/*.c csrc/*/*/*.c))

LINT := lint-tidy lint-strict lint-cppcheck lint-format lint-lua lint-rockspec lint-tree lint-types docs
.PHONY: lint lint-blocks $(LINT)
lint: $(LINT) ## all static checks

lint-lua:
	luacheck --quiet --no-color $(wildcard lua bin/streamctl bin/streamctl-edge spec examples bench tools) config.ld .busted .luacheckrc
	luacheck --quiet --no-color --no-max-line-length --filename $(ROCKSPEC) - <$(ROCKSPEC)

lint-rockspec:
	luarocks lint $(ROCKSPEC)

lint-tree: lint-blocks
	@$(RUN) tools/check_tree.lua $(ROCKSPEC)
	@$(LUA) tools/check_layers.lua
	@$(LUA) tools/check_words.lua
	@$(LUA) tools/check_translations.lua

lint-blocks:
	@$(LUA) tools/blocks.lua

lint-types:
	@+$(MAKE) --no-print-directory build
	@$(RUN) tools/types.lua check

lint-format:
	@bad=; for file in $(C_FILES); do \
	    clang-format --dry-run --Werror $$file 2>/dev/null || bad="$$bad $$file"; \
	done; \
	[ -z "$$bad" ] || { echo "not as .clang-format says (make format):$$bad"; exit 1; }

# A build of its own with -Werror, for each Lua; then a look at what it exports.
lint-strict:
	@+$(MAKE) --no-print-directory build-all BUILD=$(BUILD)/strict WERROR=1 LUAS='$(LUAS)'
	@tools/check_exports.sh $(foreach lua,$(LUAS),$(wildcard $(BUILD)/strict/$(lua)/streamctl/*.so) \
	    $(call objects_of,$(BUILD)/strict/$(lua)))
	@tools/check_hardening.sh $(foreach lua,$(LUAS),$(wildcard $(BUILD)/strict/$(lua)/streamctl/*.so))

# clang's own warnings come with clang-tidy, so this is also the build with a second compiler.
lint-tidy: $(TIDY)
$(BUILD)/lint/%.tidy: % .clang-tidy $(wildcard csrc/*/*.h csrc/*/*/*.h)
	@mkdir -p $(@D)
	$(call say,TIDY)clang-tidy --quiet $< -- -std=c11 $(WARNINGS) $(call lua_cflags,$(LUA)) \
	    2>$@.log || { cat $@.log; exit 1; }
	@touch $@

# missingIncludeSystem: system headers are not read, so an #error about versions says nothing
# (preprocessorErrorDirective; the compiler heeds it). unusedFunction is off: each file is seen alone.
# unmatchedSuppression: a suppression in a file may be needed by only one version of cppcheck.
# normalCheckLevelMaxBranches: newer versions say that they do not follow every branch.
lint-cppcheck:
	@mkdir -p $(BUILD)/lint/cppcheck
	cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability \
	    --error-exitcode=1 --inline-suppr --cppcheck-build-dir=$(BUILD)/lint/cppcheck \
	    --suppress=missingIncludeSystem --suppress=unmatchedSuppression \
	    --suppress=preprocessorErrorDirective --suppress=normalCheckLevelMaxBranches csrc

.PHONY: lint-reuse
lint-reuse: ## each file says its licence, as reuse.software has it (Debian's package reuse)
	@command -v reuse >/dev/null || { echo "make lint-reuse: apt-get install reuse" >&2; exit 1; }
	@reuse lint

.PHONY: format
format: ## rewrite the C sources as .clang-format says
	clang-format -i $(C_FILES)

.PHONY: clean
clean: ## remove all that was made, also what `luarocks make` leaves in the tree
	rm -rf build
	rm -f streamctl/*.so $(wildcard csrc/*/*.o csrc/*/*/*.o)
	@rmdir streamctl 2>/dev/null || true
