"""Nothing heavy is imported before it is needed, and torch never: each case in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHIPPED = Path(__file__).parent.parent / "models" / "vi-en-news"
NEVER = ("torch", "transformers")
# Stands before the real one, if there is one: whoever asks for it is remembered and finds nothing.
MISSING = "import sys; sys.modules['asked_for_' + __name__] = sys; raise ImportError(__name__)"
LOADED = "import json, sys; print(json.dumps(sorted(name for name in sys.modules if '.' not in name)), file=sys.stderr)"


@pytest.fixture(scope="module")
def modules(tmp_path_factory):
    """Run code; give the top-level modules that it imported or asked for, and what it said on standard output."""
    folder = tmp_path_factory.mktemp("missing")
    for name in NEVER:
        (folder / f"{name}.py").write_text(MISSING, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))

    def call(code, stdin=""):
        line = [sys.executable, "-c", f"{code}\n{LOADED}"]
        environment = {**os.environ, "PYTHONPATH": path}
        done = subprocess.run(
            line, input=stdin.encode(), env=environment, capture_output=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return set(json.loads(done.stderr.decode().splitlines()[-1])), done.stdout.decode()

    return call


def never(imported):
    return {name for name in imported if name.removeprefix("asked_for_") in NEVER}


def test_the_check_sees_what_is_imported_and_what_is_asked_for(modules):
    imported, _ = modules("import numpy, contextlib\nwith contextlib.suppress(ImportError): import torch")
    assert "numpy" in imported
    assert never(imported) == {"asked_for_torch"}


@pytest.mark.parametrize("module", ["vn_summarize", "vn_summarize.cli"])
def test_the_command_line_alone_imports_nothing_heavy(modules, module):
    imported, _ = modules(f"import {module}")
    assert not imported & {"ctranslate2", "onnxruntime", "trafilatura", "numpy", "sentencepiece"}
    assert not never(imported)


def test_a_translation_with_the_shipped_model_asks_for_neither_torch_nor_transformers(modules):
    code = f"""
import sys
from vn_summarize.cli import main
sys.argv = ["vn-summarize", "translate", "--lines", "--no-cache", "--model", {str(SHIPPED)!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""
    imported, english = modules(code, "Thôn 2 có 14 hộ nghèo.\n")
    assert len(english.splitlines()) == 1
    assert english.strip()
    assert "onnxruntime" in imported
    assert not never(imported)
