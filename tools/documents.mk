# What is written from the sources, included by the Makefile: types, manual pages, reference, site.

.PHONY: types
types: ## write what follows from the rows: the catalogues' indexes, lua/types/, docs/reference
	@mkdir -p lua/types/streamctl/aliyun lua/types/streamctl/zego
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

docs: deps manual ## write the API reference to build/docs, and the manual page
	@mkdir -p build/reference
	@$(RUN) tools/types.lua reference build/reference
	@ldoc --config tools/config.ld --fatalwarnings --quiet .
	@! groff -ww -man -Tutf8 $(BUILD)/streamctl.1 $(BUILD)/streamctl-edge.1 2>&1 >/dev/null | grep .
	@echo build/docs/index.html

# The site is made in a folder of its own, where its packages are too: nothing else needs them.
PAGES := $(BUILD)/pages

.PHONY: site
site: build ## write the site to build/site (Node 20; packages come from npm)
	@for program in node npm; do command -v $$program >/dev/null || { \
	    echo "make site needs $$program: apt-get install nodejs npm (Node 20 or newer)" >&2; exit 1; }; done
	@rm -rf $(PAGES)/src && mkdir -p $(PAGES)/src && cp -R tools/site/. $(PAGES) && cp -R docs/. $(PAGES)/src
	@$(RUN) tools/types.lua site $(PAGES)/src
	@rm $(PAGES)/src/README.md && mv $(PAGES)/src/zh $(PAGES)/src/chinese
	@cd $(PAGES) && { cmp -s package-lock.json node_modules/.made-of || { \
	    npm ci --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.made-of; }; }
	@cd $(PAGES) && npm run --silent build

.PHONY: site-run
site-run: $(BUILD)/run.txt ## record the run that the home page of the site shows
	@cp $< tools/site/run.txt
.PHONY: $(BUILD)/run.txt
$(BUILD)/run.txt: build
	@$(RUN) spec/support/emulator/run.lua -- sh tools/site/record.sh $(LUA) >$@

.PHONY: test-site
test-site: site $(BUILD)/run.txt ## that the site is the same twice and its run true; its pages in a headless Chromium
	@command -v chromium >/dev/null || { echo "make test-site needs chromium: apt-get install chromium" >&2; exit 1; }
	@for run in $(BUILD)/run.txt tools/site/run.txt; do \
	    sed -E 's/(127.0.0.1:|RequestId |in )[0-9.]+/\1N/' $$run >$(PAGES)/$$(echo $$run | tr / _); done
	@diff $(PAGES)/tools_site_run.txt $(PAGES)/$(subst /,_,$(BUILD))_run.txt || { \
	    echo "tools/site/run.txt is not what the command prints: make site-run" >&2; exit 1; }
	@rm -rf $(PAGES)/first && mv $(BUILD)/site $(PAGES)/first
	@+$(MAKE) --no-print-directory site
	@diff -rq $(PAGES)/first $(BUILD)/site
	@node spec/people/site/site.mjs $(BUILD)/site $(PAGES)
