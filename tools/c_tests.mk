# The tests of the C core and its fuzzers, included by the Makefile.

# The C tests are linked with the whole core and always run under the sanitizers.
C_TESTS := $(patsubst spec/bytes/c/%.c,$(BUILD)/c/%,$(wildcard spec/bytes/c/test_*.c))
CORE_ONLY := $(filter csrc/core/%,$(ALL_SOURCES))
C_CORE := $(CORE_ONLY:csrc/core/%.c=$(BUILD)/c/core/%.o)
C_TEST_FLAGS = $(filter-out -D_FORTIFY_SOURCE=% -O%,$(C_FLAGS)) -DSCTL_TEST_ALLOC -DSCTL_CHECKED $(SANITIZE)

.PHONY: c-tests
c-tests: $(C_TESTS) $(patsubst spec/bytes/fuzz/fuzz_%.c,$(BUILD)/c/replay_%,$(wildcard spec/bytes/fuzz/fuzz_*.c))

.SECONDARY: $(C_CORE) $(C_TESTS:=.o)

$(BUILD)/c/core/%.o: csrc/core/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(C_TEST_FLAGS) $(call pkg_cflags,libcurl libcrypto) -MMD -MP -c -o $@ $<

# A test that nothing runs is an error.
$(BUILD)/c/%.o: spec/bytes/c/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(C_TEST_FLAGS) -Werror=unused-function $(C_LUA_FLAGS) -Icsrc/core \
	    $(call pkg_cflags,libcurl libcrypto) -MMD -MP -c -o $@ $<

$(BUILD)/c/test_%: $(BUILD)/c/test_%.o $(C_CORE)
	$(call say,LINK)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(call pkg_libs,libcurl,-lcurl) \
	    $(call pkg_libs,libcrypto,-lcrypto) $(C_LUA_LIBS) -lpthread

# Some of them have Lua and the binding in them as well.
C_BINDING := $(patsubst csrc/%.c,$(BUILD)/c/binding/%.o,$(filter csrc/check/% csrc/lua/%,$(ALL_SOURCES)))
TESTS_WITH_LUA := $(BUILD)/c/test_alloc_lua
$(TESTS_WITH_LUA): $(C_BINDING)
$(TESTS_WITH_LUA): C_LUA_LIBS = $(call pkg_libs,lua5.4,-llua5.4) -ldl
$(TESTS_WITH_LUA:=.o) $(C_BINDING): C_LUA_FLAGS = $(call pkg_cflags,lua5.4)
.SECONDARY: $(C_BINDING)

$(BUILD)/c/binding/%.o: csrc/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(C_TEST_FLAGS) $(C_LUA_FLAGS) -MMD -MP -c -o $@ $<

# The targets of spec/bytes/fuzz: with replay.c they run over their seeds (make test), with libFuzzer they
# look for more (make fuzz). What is found goes to build/fuzz; a crash, once understood, to the
# seeds.
FUZZ_SECONDS ?= 30
FUZZERS := $(patsubst spec/bytes/fuzz/fuzz_%.c,%,$(wildcard spec/bytes/fuzz/fuzz_*.c))
FUZZ_CORE := $(CORE_ONLY:csrc/core/%.c=$(BUILD)/fuzz/core/%.o)
FUZZ_FLAGS := -std=c11 $(WARNINGS) -DSCTL_TEST_ALLOC -DSCTL_CHECKED $(SANITIZE)
FUZZ_HEADERS := $(wildcard spec/bytes/fuzz/*.h) $(wildcard csrc/core/*/*.h)
fuzz_libs = $(call pkg_libs,libcurl,-lcurl) $(call pkg_libs,libcrypto,-lcrypto) -lm -lpthread

$(BUILD)/c/replay_%: spec/bytes/fuzz/fuzz_%.c spec/bytes/fuzz/replay.c $(FUZZ_HEADERS) $(C_CORE)
	$(call say,LINK)$(CC) $(C_TEST_FLAGS) $(C_LUA_FLAGS) $(LDFLAGS) -Icsrc/core \
	    $(call pkg_cflags,libcurl libcrypto) -o $@ $(filter-out %.h,$^) $(C_LUA_LIBS) $(fuzz_libs)

$(BUILD)/fuzz/core/%.o: csrc/core/%.c $(FUZZ_HEADERS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)clang $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link $(call pkg_cflags,libcurl libcrypto) -c -o $@ $<

$(BUILD)/fuzz/binding/%.o: csrc/%.c $(FUZZ_HEADERS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)clang $(FUZZ_FLAGS) $(C_LUA_FLAGS) -fsanitize=fuzzer-no-link -c -o $@ $<

$(BUILD)/fuzz/fuzz_%: spec/bytes/fuzz/fuzz_%.c $(FUZZ_HEADERS) $(FUZZ_CORE)
	$(call say,LINK)clang $(FUZZ_FLAGS) $(C_LUA_FLAGS) -fsanitize=fuzzer -Icsrc/core \
	    $(call pkg_cflags,libcurl libcrypto) -o $@ $(filter-out %.h,$^) $(C_LUA_LIBS) $(fuzz_libs)

# Some of them have Lua and the binding in them as well.
FUZZ_BINDING := $(C_BINDING:$(BUILD)/c/%=$(BUILD)/fuzz/%)
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
