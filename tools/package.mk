# Packages, images and releases, included by the Makefile; and their tests in clean systems.

.PHONY: deb test-deb
deb test-deb: SUITE ?= $(shell . /etc/os-release && echo $$VERSION_CODENAME)
deb: ## build Debian packages in a clean system (as root), to build/deb/SUITE; SUITE=trixie
	@tools/deb.sh build $(SUITE)

test-deb: ## install those packages in another clean system, use them, purge them
	@tools/deb.sh test $(SUITE)

.PHONY: image test-image
image: build ## make OCI images of both programs in build/image (Debian, as root)
	@+MAKE='$(MAKE)' tools/image.sh '$(BUILD)/image'
test-image: ## run the images of `make image` as containers, against the emulator
	@$(install) umoci runc
	@+$(MAKE) --no-print-directory test SPEC=spec/people/image LUA=$(LUA)

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

.PHONY: test-systems
test-systems: ## on Debian 13, arm64, i386, s390x and musl, in clean roots (as root); SYSTEMS="arm64 i386"
	@tools/test_systems.sh $(SYSTEMS)

.PHONY: test-install
test-install: ## what README and install.md say about installing, in clean systems (as root); SUITE=bookworm
	@ROOT_CACHE='$(or $(ROOT_CACHE),$(CURDIR)/$(BUILD)/roots)' tools/test_install.sh \
	    $(if $(filter file undefined,$(origin SUITE)),bookworm trixie noble,$(SUITE))
