"""What writing to disk promises: files whole or not at all, and names that never leave the output folder."""

import os
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.errors import ArticleError, OutputError
from vn_summarize.writing import output_name, output_path, remove_leftovers, write_text


def test_a_file_is_written_whole_as_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "2023" / "tháng 3" / "a.md"
    write_text(path, "một\nhai\r\n")
    write_text(path, "Đăk\nhai\r\n\udcff")
    assert path.read_bytes() == "Đăk\nhai\r\n?".encode()
    assert [p.name for p in path.parent.iterdir()] == ["a.md"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_file_has_the_permissions_that_the_user_asked_for(tmp_path: Path) -> None:
    write_text(tmp_path / "a", "x")
    (tmp_path / "b").write_text("x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    write_text(path, "old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"a\.json: No space left on device"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_text(tmp_path / "a.json", "new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_or_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(OutputError, match=r"a\.md"):
        write_text(tmp_path / "a.md", "x")
    (tmp_path / "b").write_text("x")
    with pytest.raises(OutputError, match=r"c\.md"):
        write_text(tmp_path / "b" / "c.md", "x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "b"]


def test_leftovers_of_a_killed_run_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in (".vn-summarize-12ab.tmp", "sub/.vn-summarize-0.tmp", "sub/a.md", ".hidden", "vn-summarize-1.tmp"):
        (tmp_path / name).write_text("x")
    assert remove_leftovers(tmp_path) == 2
    assert sorted(p.name for p in tmp_path.rglob("*")) == [".hidden", "a.md", "sub", "vn-summarize-1.tmp"]
    assert remove_leftovers(tmp_path / "none") == 0


@pytest.mark.parametrize(
    "id",
    [
        "",
        ".",
        "..",
        "../a",
        "a/../b",
        "/etc/x",
        "a//b",
        "a/",
        "C:/x",
        "c:x",
        "..\\a",
        "a\\..\\b",
        "\\\\host\\x",
        ".. /a",
        "a\0b",
        "\ud800",
    ],
)
def test_an_id_that_could_leave_the_output_folder_is_refused(id: str) -> None:
    with pytest.raises(ArticleError, match="rename"):
        output_path(Path("out"), id, ".json")


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("2022/hoi-nghi", "2022/hoi-nghi.md"),
        ("Hội nghị 1.5", "Hội nghị 1.5.md"),
        ("con", "con_.md"),
        ("con_", "con__.md"),
        ("Aux/nul.2", "Aux_/nul_.2.md"),
        ("index", "index_.md"),
        ("Report", "Report_.md"),
        ("terms", "terms_.md"),
        ("2022/index", "2022/index.md"),
        ("console", "console.md"),
    ],
)
def test_names_that_are_taken_get_an_underscore(id: str, name: str) -> None:
    assert output_name(id, ".md") == name


def test_long_names_are_shortened_and_stay_apart() -> None:
    one, two = (output_name("ễ" * 200 + end, ".json") for end in "ab")
    assert one != two
    assert len(one.encode()) <= 255
    assert one.startswith("ễ" * 50)


IDS = (
    st.text(st.sampled_from("./\\:con CON_aux1\0ễ~ "), max_size=20) | st.text(max_size=20) | st.text("ễa", min_size=70)
)


@given(IDS)
def test_an_output_stays_in_its_folder_on_every_system(id: str) -> None:
    try:
        name = output_name(id, ".json")
    except ArticleError:
        return
    root = Path("/out/here")
    assert root in Path(os.path.normpath(root / name)).parents
    windows = PureWindowsPath("D:\\out") / name
    assert windows.parts[:2] == ("D:\\", "out")
    assert not any(part.strip(" .") == "" for part in windows.parts[1:])
    assert all(len(os.fsencode(part)) <= 255 for part in name.split("/"))
    assert not any(part.partition(".")[0].strip().upper() in ("CON", "AUX", "NUL", "COM1") for part in name.split("/"))


@given(IDS, IDS)
def test_different_ids_have_different_outputs(one: str, two: str) -> None:
    try:
        names = output_name(one, ".md"), output_name(two, ".md")
    except ArticleError:
        return
    assert (names[0] == names[1]) == (one == two)
