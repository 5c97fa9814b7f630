# How csrc/ is compiled and linked, included by the Makefile.

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
    $(patsubst csrc/%.c,$(BUILD)/$(2)/obj/%.o,$(filter csrc/check/% csrc/lua/%,$(1)))

define rules_for_lua
$(BUILD)/$(1)/obj/%.o: csrc/%.c $(BUILD)/flags
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

-include $(wildcard $(BUILD)/core/*/*.d $(BUILD)/*/obj/*/*.d $(BUILD)/c/*.d $(BUILD)/c/*/*.d $(BUILD)/c/*/*/*.d)
