# Builds, tests and packages streamctl. `make help` lists the targets.
#
# Everything that is made lands under build/, never beside the sources:
#   build/core/            objects of csrc/core, which know no Lua and serve every Lua
#   build/<lua>/obj/       objects of csrc/check and csrc/lua for that Lua
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
    lua-luv lua-cqueues lua-nginx-redis clang libclang-rt-dev valgrind libc6-dbg \
    libfaketime locales tmux zsh fish groff-base jq

BUILD := build

# LUA: the interpreter of one build (lua5.4 lua5.3 lua5.2 lua5.1 luajit).
# LUAS: the interpreters of the tests; naming LUA narrows them to that one.
LUA ?= lua5.4
LUAS ?= $(if $(filter file,$(origin LUA)),lua5.4 lua5.1 luajit,$(LUA))

silent := $(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(V),,@$(if $(silent),,printf '%-5s %s\n' '$(1)' '$@';))

# What a checkout needs to find its own modules, before the system's.
CHECKOUT_PATH = $(CURDIR)/lua/?.lua;$(CURDIR)/lua/?/init.lua;$(CURDIR)/?.lua;;
CHECKOUT_CPATH = $(CURDIR)/$(BUILD)/$(LUA)/?.so;;
RUN = LUA_PATH='$(CHECKOUT_PATH)' LUA_CPATH='$(CHECKOUT_CPATH)' $(LUA)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo 'For those who change streamctl:'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' tools/*.mk
	@echo
	@echo "LUA=$(LUA) (lua5.4 lua5.3 lua5.2 lua5.1 luajit)   V=1 shows the commands"
	@echo "make test SPEC=spec/pieces/options_spec.lua LUA=lua5.4   runs one file"

# ---- building --------------------------------------------------------------------------

objects_of = $(addprefix $(1)/streamctl/,core.so engine.so system.so)

.PHONY: build build-all
build: $(call objects_of,$(BUILD)/$(LUA)) ## compile for one Lua

build-all: $(foreach lua,$(LUAS),$(call objects_of,$(BUILD)/$(lua)))

.PHONY: env
env: ## print the exports that make a checkout usable: eval "$(make -s env)"
	@+$(MAKE) --no-print-directory build LUA=$(LUA) >&2
	@printf "export LUA_PATH='%s' LUA_CPATH='%s'\n" '$(CHECKOUT_PATH)' '$(CHECKOUT_CPATH)'

include tools/compile.mk

# ---- running ---------------------------------------------------------------------------

# DEPS=no leaves the machine as it is, for systems other than Debian.
install = $(if $(filter no,$(DEPS)),:,tools/deps.sh)

.PHONY: deps deps-demo
deps: ## install what the tests need (Debian)
	@$(install) $(TEST_PACKAGES)
deps-demo:
	@$(install) $(DEMO_PACKAGES)

.PHONY: demo
demo: deps-demo ## install, build, and resume streams against the emulator
	@+$(MAKE) --no-print-directory build
	@$(RUN) spec/support/emulator/run.lua -- $(LUA) examples/demo.lua
	@for act in command queue; do STREAMCTL='$(LUA) bin/streamctl' \
	    $(RUN) spec/support/emulator/run.lua -- sh examples/$$act.sh || exit 1; done
	@echo 'The demo is complete. To go on: make emulator, and docs/start/command.md'

.PHONY: emulator
emulator: deps-demo ## run the emulator of both vendors until interrupted
	@+$(MAKE) --no-print-directory build
	@$(RUN) spec/support/emulator/run.lua

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

# ---- testing ---------------------------------------------------------------------------

# suites(build folder, suites): see tools/test.sh
suites = MAKE='$(MAKE)' BUILD='$(1)' LUAS='$(LUAS)' SPEC='$(SPEC)' LINT='$(LINT)' tools/test.sh $(2)

.PHONY: test test-all
test: deps ## what a change needs, in four minutes; SPEC=file runs one file, LUA=lua5.4 one Lua
	@+QUICK=1 $(call suites,$(BUILD),$(or $(SUITES),$(if $(SPEC),,c lint simulation specs installed nginx)))

include $(addprefix tools/,documents.mk tests.mk c_tests.mk lint.mk package.mk bench.mk)

.PHONY: clean
clean: ## remove all that was made, also what `luarocks make` leaves in the tree
	rm -rf build
	rm -f streamctl/*.so $(wildcard csrc/*/*.o csrc/*/*/*.o)
	@rmdir streamctl 2>/dev/null || true
