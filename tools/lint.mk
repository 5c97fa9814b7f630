# Static checks, included by the Makefile.

C_FILES := $(wildcard csrc/*/*.[ch] csrc/*/*/*.[ch] spec/bytes/c/*.[ch] spec/bytes/fuzz/*.[ch] \
    spec/world/faults/*.[ch] tools/bench/*.c tools/bench/*/*.c)
TIDY := $(patsubst %,$(BUILD)/lint/%.tidy,$(wildcard csrc/*/*.c csrc/*/*/*.c))

LINT := lint-tidy lint-strict lint-cppcheck lint-format lint-lua lint-rockspec lint-tree lint-types docs
.PHONY: lint lint-blocks $(LINT)
lint: $(LINT) ## all static checks

lint-lua:
	luacheck --quiet --no-color $(wildcard lua bin/* spec examples tools) tools/config.ld .busted .luacheckrc
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

.PHONY: format
format: ## rewrite the C sources as .clang-format says
	clang-format -i $(C_FILES)
