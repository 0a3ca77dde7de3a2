"""Records round-trip, obey their schema, and say what they were made from."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from article_results import example, render, results, validator
from hypothesis import given

from vn_summarize.document import (
    ArticleResult,
)
from vn_summarize.writing import (
    Hashes,
    parse_record,
    read_hashes,
    render_index_csv,
    render_terms_csv,
    result_from_json,
)

ARTICLE_SCHEMA = validator("article")


@given(results())
def test_a_record_gives_back_its_result_and_obeys_the_schema(result: ArticleResult) -> None:
    text = render(result)
    assert result_from_json(text) == result
    ARTICLE_SCHEMA.validate(parse_record(text))


def test_the_schema_refuses_a_missing_or_unknown_field() -> None:
    record = parse_record(render(example()))
    assert not ARTICLE_SCHEMA.is_valid({**record, "more": 1})
    assert not ARTICLE_SCHEMA.is_valid({key: record[key] for key in record if key != "counts"})
    record["sentences"][0]["terms"][0]["status"] = "perhaps"
    assert not ARTICLE_SCHEMA.is_valid(record)


def test_a_record_tells_all_and_points_from_sentences_to_findings() -> None:
    record = parse_record(render(example()))
    assert record["article"]["title"] == {
        "source": "Tổng kết phong trào trồng rừng",
        "translation": "Final review of the afforestation movement",
    }
    assert [s["findings"] for s in record["sentences"]] == [[], [2], [3], []]
    assert [f["number"] for f in record["findings"]] == [1, 2, 3]
    assert record["settled_findings"] == []
    assert record["sentences"][2]["original"] == "Bà con phấn khỏi."
    assert record["sentences"][2]["source"] == "Bà con phấn khởi."
    assert record["key_facts"][1] == {
        "kind": "figure",
        "text": "more than 1,300",
        "source": "hơn 1.300",
        "sentence": 1,
        "title": "",
        "unit": "",
        "counted": "households",
        "action": "helped",
    }
    assert record["counts"] == {
        "paragraphs": 2,
        "sentences": 4,
        "findings": {"error": 1, "warning": 1, "info": 1},
        "terms": {"met": 1, "unmet": 1},
        "checks": {"kept": 1, "lost": 1},
        "removed": 2,
    }


def test_a_finding_that_a_later_step_settled_is_kept_apart() -> None:
    record = parse_record(render(replace(example(), findings=())))
    assert record["findings"] == []
    assert [f["kind"] for f in record["settled_findings"]] == ["number", "typo"]
    assert record["counts"]["findings"] == {"error": 0, "warning": 0, "info": 0}


def test_a_record_is_readable_utf8_that_ends_with_a_line_end() -> None:
    text = render(example())
    assert "phấn khởi" in text
    assert text.endswith("}\n")
    assert text == render(example())


def test_a_result_that_contradicts_itself_is_refused() -> None:
    result = example()
    torn = replace(result.translated, sentences=result.translated.sentences[1:])
    with pytest.raises(ValueError, match="not those of the document"):
        render(replace(result, translated=torn))
    with pytest.raises(ValueError, match="shorter"):
        render(replace(result, summary=replace(result.summary, sources=())))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": 2}', '{"schema": 1}', '{"schema": 1, "sentences": [1]}'])
def test_what_is_no_record_is_named_as_such(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        result_from_json(text)


def test_hashes_are_read_from_the_head_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(render(example()) + "x" * 100_000, encoding="utf-8")
    assert read_hashes(path) == Hashes("sig", "s1", "i1", "t1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"schema": 2,\n "current": {"signature": "a", "settings": "b", "input": "c"}}',
        '{"schema": 1, "current": {"a": 1}}',
    ],
)
def test_what_is_no_record_has_no_hashes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    assert read_hashes(path) is None
    path.write_text(text, encoding="utf-8")
    assert read_hashes(path) is None


def test_the_manual_names_every_field() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "output.md").read_text(encoding="utf-8")

    def names(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(names, value))
        if not isinstance(value, dict):
            return set()
        return set(value.get("properties", ())) | set().union(*map(names, value.values()), set())

    fields = names(dict(ARTICLE_SCHEMA.schema)) | names(dict(validator("report").schema))
    columns = {name for head in (render_index_csv([]), *render_terms_csv([])) for name in head.strip().split(",")}
    assert {field for field in fields | columns if f"`{field}`" not in manual} == set()
