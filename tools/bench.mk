# Measurements against peers, included by the Makefile; see tools/bench/README.md.

.PHONY: bench
bench: deps build ## measure against peers; PARTS="sign send" chooses, QUICK=1 is for a look
	@BUILD='$(BUILD)' $(RUN) tools/bench/run.lua $(PARTS)
