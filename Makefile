# Names for plain commands; README.md lists them, so that they can be typed without make.
.POSIX:
.PHONY: help demo test docs bench fidelity fidelity-unseen

BIN = .venv/bin

help:
	@echo "make demo    set up, and build a sample deal into Word and PDF"
	@echo "make test    set up, and run every check"
	@echo "make docs    write the generated pages of docs/"
	@echo "make bench   measure the filling against docxtpl, the PDFs against LibreOffice"
	@echo "make fidelity          compare the PDFs with LibreOffice's"
	@echo "make fidelity-unseen   the same, on documents of other projects"

demo:
	@sh scripts/setup.sh demo
	$(BIN)/docgen build samples/zhaoqing-patent/deal.yaml --pdf --out out/zhaoqing-patent
	@echo "The papers, Word and PDF, lie in out/zhaoqing-patent"

test:
	@sh scripts/setup.sh test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/yamllint --strict schemas docgen/law templates samples
	DOCGEN_REQUIRE_TOOLS=1 $(BIN)/pytest -q -n 2

docs:
	@sh scripts/setup.sh test
	$(BIN)/python scripts/docs.py

bench:
	@sh scripts/setup.sh bench
	$(BIN)/python -m benchmarks

fidelity:
	@sh scripts/setup.sh fidelity
	$(BIN)/python -m tests.fidelity

fidelity-unseen:
	@sh scripts/setup.sh fidelity
	$(BIN)/python -m tests.fidelity unseen
