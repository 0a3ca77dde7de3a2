"""Shared stand-ins: a translator without weights, and articles in the register of provincial news."""

import io
import math
import os
import signal
import sys
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, settings

from vn_summarize import cli, loading
from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.errors import GenerationError

# Machines differ in speed, so that no test may fail for being slow; continuous integration repeats its examples.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# A shell that starts the tests in the background has them ignore Ctrl-C, and so the commands that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


class FakeTranslator:
    """A Translator that answers "English of <words>" and remembers what it was asked."""

    def __init__(self, fingerprint: str = "fake:1", refuses: str = "") -> None:
        self.fingerprint = fingerprint
        self.knows_terms = False
        self.unsure_below = -math.inf
        self.refuses = refuses
        self.asked: list[str] = []

    def fits(self, text: str) -> bool:
        return len(text.split()) <= 60

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        self.asked += texts
        if self.refuses and any(self.refuses in text for text in texts):
            raise GenerationError(f"no answer for {self.refuses!r}")
        return [Translation(f"English of {text}", -0.5) for text in texts]


@pytest.fixture(scope="session")
def shipped_memory(tmp_path_factory):
    """The folder of a translation memory: what the shipped model translates for one test it need not for another.

    pytest-xdist's processes share it.
    """
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "memory"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def translator() -> FakeTranslator:
    return FakeTranslator()


@pytest.fixture
def command(monkeypatch, capsys, translator, tmp_path):
    """Call the command line in this process, with the translator that needs no weights."""
    monkeypatch.setattr(loading, "load_translator", lambda settings, on_translated=None: translator)
    for name in ("MODEL", "MODELS", "GLOSSARY", "JOBS", "CACHE"):
        monkeypatch.delenv(f"VN_SUMMARIZE_{name}", raising=False)
    monkeypatch.setenv("VN_SUMMARIZE_CORRECTIONS", str(tmp_path / "corrections.sqlite"))
    monkeypatch.chdir(tmp_path)

    def call(*args: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["vn-summarize", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        out, err = capsys.readouterr()
        return exit_.value.code or 0, out, err

    return call


ARTICLE = """XÃ ĐĂK TƠ LUNG TỔNG KẾT PHONG TRÀO THI ĐUA

Sáng ngày 12/3, Ủy ban nhân dân (UBND) xã Đăk Tơ Lung tổ chức hội nghị tổng kết phong trào thi đua năm 2023. \
Dự hội nghị có ông A Thiêng, Chủ tịch UBND xã.

Trong năm, xã đã vận động được 1.250 ngày công làm đường thôn. Có 35 hộ nghèo được hỗ trợ sửa chữa nhà ở.

Hội nghị đề ra 4 nhiệm vụ cho năm tới.
"""


@pytest.fixture
def article_text() -> str:
    return ARTICLE
