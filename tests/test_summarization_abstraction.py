import json

import pytest

from vn_summarize import batch
from vn_summarize.config import Settings
from vn_summarize.document import TITLE, Article, Document, Sentence, Summary, TranslatedDocument, TranslatedSentence
from vn_summarize.errors import GenerationError, ModelError
from vn_summarize.loading import load_summarizer, load_translator
from vn_summarize.models import resolve_summarizer
from vn_summarize.summarization import DEFAULT_FORM, Length, in_form
from vn_summarize.summarization.abstraction import compose, split_written, write_summary

ROWS = (
    (TITLE, "Huyện Đăk Sờ giúp hộ nghèo làm nhà", "Đăk Sờ District helps poor households build houses"),
    (
        0,
        "Năm 2022, huyện Đăk Sờ hỗ trợ gần 350 hộ nghèo làm nhà với 17,5 tỷ đồng.",
        "In 2022, Đăk Sờ District helped nearly 350 poor households build houses with 17.5 billion VND.",
    ),
    (1, "Tỷ lệ hộ nghèo giảm xuống 9%.", "The poverty rate fell to 9%."),
    (1, "Tuy nhiên, 42 hộ chưa có đất ở.", "However, 42 households have no residential land yet."),
)
SENTENCES = tuple(
    TranslatedSentence(Sentence(i, paragraph, vietnamese, vietnamese), english)
    for i, (paragraph, vietnamese, english) in enumerate(ROWS)
)
NEWS = TranslatedDocument(Document(Article("a", "a.txt", "", ()), tuple(s.source for s in SENTENCES)), SENTENCES)
EXTRACT = in_form(
    Summary(
        "Đăk Sờ District helps poor households build houses",
        (0,),
        (ROWS[1][2], ROWS[3][2]),
        ((1,), (3,)),
        "",
        (ROWS[1][1], ROWS[3][1]),
        ROWS[0][1],
    ),
    DEFAULT_FORM,
)

WHOLE = Length()


class Writer:
    """A Summarizer that writes what it is told to."""

    fingerprint = "writer:1"

    def __init__(self, answer, language="en", most=1000):
        self.answer, self.language, self.most = answer, language, most
        self.asked = []

    def fits(self, text):
        return len(text.split()) <= self.most

    def summarize(self, text):
        self.asked.append(text)
        if not self.answer:
            raise GenerationError("no answer")
        return self.answer


def write(answer, length=WHOLE):
    return write_summary(NEWS, EXTRACT, Writer(answer), list, length)


def test_faithful_sentences_become_the_summary_with_what_supports_them():
    summary, findings = write("Nearly 350 poor households were helped to build houses. The poverty rate fell to 9%.")
    assert summary.sentences == (
        "Nearly 350 poor households were helped to build houses.",
        "The poverty rate fell to 9%.",
    )
    assert summary.sources == ((1,), (2,))
    assert summary.originals == (ROWS[1][1], ROWS[2][1])
    assert summary.text == " ".join(summary.sentences)
    assert summary.headline == EXTRACT.headline
    assert findings == ()


def test_unfaithful_sentence_gives_way_to_the_nearest_extractive_one_and_a_finding_says_so():
    summary, (finding,) = write("The poverty rate fell to 9%. More than 530 poor households were helped.")
    assert summary.sentences == ("The poverty rate fell to 9%.", ROWS[1][2])
    assert summary.sources == ((2,), (1,))
    assert (finding.kind, finding.severity) == ("summary", "info")
    assert "530" in finding.message
    assert "replaced" in finding.message


def test_extractive_sentence_is_told_once():
    summary, findings = write("In 2022, 530 poor households built houses. In 2023, 350 poor households built houses.")
    assert summary.sentences == (ROWS[1][2], ROWS[3][2])
    assert len(findings) == 2


def test_sentence_that_is_nowhere_near_the_article_is_left_out():
    summary, (finding,) = write("Rice prices doubled. The poverty rate fell to 9%.")
    assert summary.sentences == ("The poverty rate fell to 9%.",)
    assert "left out" in finding.message


@pytest.mark.parametrize("answer", ["", "Rice prices doubled."])
def test_summary_stays_extractive_where_nothing_written_can_be_used(answer):
    summary, findings = write(answer)
    assert summary == EXTRACT
    assert "extractive" in findings[-1].message


def test_vietnamese_model_reads_vietnamese_and_is_judged_in_english():
    writer = Writer("Tỷ lệ hộ nghèo còn 9%. 42 hộ đã có đất ở.", "vi")
    english = {
        "Tỷ lệ hộ nghèo còn 9%.": "The poverty rate fell to 9%.",
        "42 hộ đã có đất ở.": "42 households have residential land.",
    }
    told = write_summary(NEWS, EXTRACT, writer, lambda texts: [english[t] for t in texts], WHOLE)
    summary, (finding,) = told
    assert writer.asked == [" ".join(row[1] for row in ROWS[1:])]
    assert summary.sentences == ("The poverty rate fell to 9%.", ROWS[3][2])
    assert summary.originals == ("Tỷ lệ hộ nghèo còn 9%.", ROWS[3][1])
    assert "denies" in finding.message


def test_model_reads_whole_sentences_as_far_as_it_can_and_a_finding_says_so():
    writer = Writer("The poverty rate fell to 9%.", most=25)
    _, (finding,) = write_summary(NEWS, EXTRACT, writer, list, WHOLE)
    assert writer.asked == [f"{ROWS[1][2]} {ROWS[2][2]}"]
    assert "last 1" in finding.message


@pytest.mark.parametrize(("length", "sentences"), [(Length(sentences=1), 1), (Length(words=11), 1), (WHOLE, 2)])
def test_length_that_is_asked_for_is_kept_to(length, sentences):
    summary, _ = write("Nearly 350 poor households built houses. The poverty rate fell to 9%.", length=length)
    assert len(summary.sentences) == sentences


def test_sentence_that_is_written_twice_is_told_once():
    summary, findings = compose(NEWS, EXTRACT, [("The poverty rate fell to 9%.", "")] * 2, WHOLE)
    assert summary.sentences == ("The poverty rate fell to 9%.",)
    assert findings == ()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Lê Văn Tám spoke. No. 12 was signed.", ["Mr. Lê Văn Tám spoke.", "No. 12 was signed."]),
        ("- The rate fell to 9.5%.\n- Houses were built", ["The rate fell to 9.5%.", "Houses were built"]),
        ("1) Xã họp. Đường xong!", ["Xã họp.", "Đường xong!"]),
        (" … ", []),
    ],
)
def test_written_text_is_cut_into_sentences(text, sentences):
    assert split_written(text) == sentences


def test_run_writes_the_summary_with_its_findings_and_another_summarizer_makes_it_again(
    command, article_text, tmp_path, monkeypatch
):
    writer = Writer("English of Hội nghị đề ra 4 nhiệm vụ cho năm tới. Rice prices doubled.")
    monkeypatch.setattr(batch, "load_summarizer", lambda settings: writer)
    (tmp_path / "a.txt").write_text(article_text, encoding="utf-8")
    call = ("run", "a.txt", "-o", "out", "--format", "json")
    assert command(*call)[0] == 0
    record = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))
    assert record["summary"]["text"] == "English of Hội nghị đề ra 4 nhiệm vụ cho năm tới."
    assert any(f["kind"] == "summary" and "Rice" in f["message"] for f in record["findings"])
    command(*call)
    assert len(writer.asked) == 1
    writer.fingerprint = "writer:2"
    command(*call)
    assert len(writer.asked) == 2


def test_nothing_is_written_unless_asked_for():
    assert load_summarizer(Settings()) is None


def test_summarizer_that_is_not_there_is_named(command, article_text, tmp_path):
    (tmp_path / "a.txt").write_text(article_text, encoding="utf-8")
    code, _, err = command("summarize", "a.txt", "--summarizer", "vit5-nowhere")
    assert code == 2
    assert "vit5-nowhere" in err


def test_model_that_summarises_is_no_translator(tmp_path):
    description = {
        "format": 1,
        "name": "mine",
        "family": "vit5",
        "engine": "transformers",
        "languages": {"source": "vi", "target": "vi"},
        "limits": {"source_tokens": 1000, "target_tokens": 256},
        "licence": "MIT",
        "card": "",
        "files": [],
    }
    (tmp_path / "model.json").write_text(json.dumps(description), encoding="utf-8")
    assert resolve_summarizer(tmp_path).model.family == "vit5"
    with pytest.raises(ModelError, match="--summarizer"):
        load_translator(Settings(model=str(tmp_path), no_cache=True))


def test_model_that_translates_is_no_summarizer():
    with pytest.raises(ModelError, match=r"--summarizer takes .*bart"):
        load_summarizer(Settings(summarizer="vi-en-news"))
