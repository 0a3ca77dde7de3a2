"""A second model's readings: how alike two texts are, and which sentences get a finding."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FakeTranslator
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize import batch, loading
from vn_summarize.agreement import LEAST, ask_second, likeness
from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.config import Settings
from vn_summarize.corrections import REVIEWED
from vn_summarize.document import Article, Document, Finding, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.errors import ModelError, ModelNotFound
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.loading import load_second

ENGLISH = {
    "Dịch bệnh được kiểm soát.": "The epidemic is under control.",
    "Xã có 9 thôn.": "The Commune has nine villages.",
}


class Second(FakeTranslator):
    """Reads the first sentence otherwise."""

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        self.asked += texts
        other = {**ENGLISH, "Dịch bệnh được kiểm soát.": "The pandemic has gradually been restored."}
        return [Translation(other.get(text, text), -0.1) for text in texts]


def translated(how: str = "plain") -> TranslatedDocument:
    sentences = tuple(Sentence(i, 0, text, text) for i, text in enumerate(ENGLISH))
    document = Document(Article("a", "a.txt", "", tuple(ENGLISH)), sentences)
    doubt = Finding("typo", "info", "an older doubt", 1)
    return TranslatedDocument(
        document, tuple(TranslatedSentence(s, ENGLISH[s.text], how=how) for s in sentences), (doubt,)
    )


def test_the_sentence_that_is_read_otherwise_says_how() -> None:
    before = translated()
    (after,) = ask_second([before], Second(), TermBase(()))
    *old, new = after.findings
    assert old == [*before.findings]
    assert new == Finding(
        "disagreement", "warning", "another model reads: “The pandemic has gradually been restored.”", 0
    )
    assert replace(after, findings=before.findings) == before


def test_what_an_editor_wrote_is_not_doubted() -> None:
    (after,) = ask_second([translated(REVIEWED)], Second(), TermBase(()))
    assert after.findings == translated().findings


def test_the_second_model_is_told_the_terms_where_it_knows_them() -> None:
    second = Second()
    second.knows_terms = True
    ask_second([translated()], second, TermBase([Term("thôn", "wards")]))
    assert any("wards" in text for text in second.asked)


@given(st.text(), st.text())
def test_likeness_is_alike_both_ways_and_whole_for_the_same(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 100.0001
    assert likeness(one, one) == pytest.approx(100)


def test_inflection_is_no_disagreement_and_another_statement_is() -> None:
    said = "The commune mobilized nearly 21 billion VND to support poor households."
    assert likeness(said, "The Commune has mobilised nearly 21 billion VND to support poor households.") > LEAST
    assert likeness(said, "Poor households were asked for money by the commune's officials.") < LEAST


def test_nobody_is_asked_unless_named_and_a_model_that_is_not_there_is_named() -> None:
    assert load_second(Settings()) is None
    with pytest.raises(ModelNotFound, match="nowhere"):
        load_second(Settings(second_opinion="nowhere"))
    with pytest.raises(ModelError, match="that is the model that translates"):
        load_second(Settings(model="fast", second_opinion="vi-en-small"))
    second = load_second(Settings(second_opinion="fast", no_cache=True))
    assert second is not None
    assert second.fingerprint.startswith("vi-en-small:")


def test_a_run_tells_the_other_readings_and_another_second_model_makes_the_results_again(
    tmp_path: Path, translator: FakeTranslator, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Tin\n\nXã Đăk Xú có 9 thôn và 1.240 hộ dân sinh sống.\n", encoding="utf-8")
    second = FakeTranslator("second:1")
    monkeypatch.setattr(batch, "load_second", lambda settings: second if settings.second_opinion else None)
    settings = Settings(output=tmp_path / "out", format=("json",))

    def run(**changes: str) -> list[str]:
        batch.run([tmp_path / "a.txt"], replace(settings, **changes), translator, TermBase(()))
        record = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))
        return [finding["kind"] for finding in record["findings"]]

    assert "disagreement" not in run()
    assert "disagreement" not in run(second_opinion="same")
    assert second.asked
    asked = len(second.asked)
    run(second_opinion="same")
    assert len(second.asked) == asked  # the results are current
    second.fingerprint = "second:2"
    second.translate = lambda texts, decoding=DEFAULT_DECODING: [Translation("Nothing of it.", -1) for _ in texts]  # type: ignore[method-assign]
    assert "disagreement" in run(second_opinion="same")
    assert "disagreement" not in run()


@pytest.mark.parametrize("lines", [(), ("--lines",)])
def test_translate_tells_the_other_reading_on_standard_error(command, monkeypatch: pytest.MonkeyPatch, lines) -> None:
    second = FakeTranslator("second:1")
    second.translate = lambda texts, decoding=DEFAULT_DECODING: [Translation("Nothing of it.", -1) for _ in texts]  # type: ignore[method-assign]
    monkeypatch.setattr(loading, "load_second", lambda settings: second if settings.second_opinion == "it" else None)
    text = "Xã Đăk Xú có 9 thôn và 1.240 hộ dân sinh sống.".encode()
    assert "Nothing of it." not in command("translate", *lines, stdin=text)[2]
    code, out, err = command("translate", *lines, "--second-opinion", "it", stdin=text)
    assert code == 0
    assert "Đăk Xú" in out
    assert "another model reads: “Nothing of it.”" in err
