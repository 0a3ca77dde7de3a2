"""A model as one file: there and back, and what a hostile or broken file leads to."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hub_server import FILES, weights
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.bundle import read_bundle, write_bundle
from vn_summarize.checkpoints import Origin, describe
from vn_summarize.errors import ConfigError, ModelCorrupt, ModelError, OutputError
from vn_summarize.models import read_model, resolve, verify

Member = tuple[tarfile.TarInfo, bytes]


def make_model(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    folder.mkdir(parents=True)
    for name, data in (files or FILES).items():
        (folder / name).write_bytes(data)
    describe(folder, "tiny", "", "mit", Origin("import"))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    write_bundle(read_model(make_model(tmp_path / "from" / "tiny")), tmp_path / "tiny.tar")
    return tmp_path / "tiny.tar"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "to"


def rewrite(bundle: Path, change: Callable[[list[Member]], list[Member]], format: int = tarfile.GNU_FORMAT) -> None:
    """Write the bundle again with other members."""
    with tarfile.open(bundle) as tar:
        members = [(member, tar.extractfile(member).read() if member.isreg() else b"") for member in tar]
    with tarfile.open(bundle, "w", format=format) as tar:
        for member, data in change(members):
            tar.addfile(member, io.BytesIO(data))


def member(name: str, data: bytes = b"", type: bytes = tarfile.REGTYPE, link: str = "") -> Member:
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = type, link, len(data)
    return made, data


def is_refused(bundle: Path, place: Path, words: str = ".") -> None:
    with pytest.raises(ModelCorrupt, match=words):
        read_bundle(bundle, "", place)
    assert not place.exists() or not list(place.iterdir())


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}\.(spm|txt|jinja)|tokenizer_[a-z]{1,5}\.json", fullmatch=True),
        st.binary(max_size=2000),
        max_size=4,
    ),
    st.integers(0, 255),
)
def test_a_model_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, extra: dict[str, bytes], byte: int
) -> None:
    root = tmp_path_factory.mktemp("round")
    files = FILES | {name: data for name, data in extra.items() if name.endswith(".spm")}
    folder = make_model(root / "tiny", files | {"model.safetensors": weights(byte)})
    write_bundle(read_model(folder), root / "a.tar")
    assert contents(read_bundle(root / "a.tar", "", root / "to")) == contents(folder)
    write_bundle(read_model(root / "to" / "tiny"), root / "b.tar")
    assert (root / "a.tar").read_bytes() == (root / "b.tar").read_bytes()


@given(st.data())
def test_no_changed_byte_of_a_file_is_taken(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    root = tmp_path_factory.mktemp("changed")
    write_bundle(read_model(make_model(root / "tiny")), root / "a.tar")
    whole = (root / "a.tar").read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    (root / "a.tar").write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    try:
        taken = read_bundle(root / "a.tar", "taken", root / "to")
    except ModelError:
        assert not (root / "to").exists() or not list((root / "to").iterdir())
    else:  # a byte between the files
        assert contents(taken) == contents(root / "tiny")


@given(st.floats(0, 1, exclude_max=True))
def test_a_file_that_is_cut_off_is_refused(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    root = tmp_path_factory.mktemp("cut")
    write_bundle(read_model(make_model(root / "tiny")), root / "a.tar")
    with tarfile.open(root / "a.tar") as tar:
        end = tar.getmembers()[-1].offset_data + tar.getmembers()[-1].size
    (root / "a.tar").write_bytes((root / "a.tar").read_bytes()[: int(end * share)])
    is_refused(root / "a.tar", root / "to")


def test_a_checkpoint_without_a_record_gets_one(tmp_path: Path, place: Path) -> None:
    folder = make_model(tmp_path / "bare")
    (folder / "model.json").unlink()
    write_bundle(read_model(folder), tmp_path / "bare.tar")
    taken = read_model(read_bundle(tmp_path / "bare.tar", "", place))
    assert all(file.sha256 for file in taken.model.files)
    verify(taken)


def test_the_shipped_model_goes_there_and_back(tmp_path: Path, place: Path) -> None:
    shipped = resolve("vi-en-news")
    write_bundle(shipped, tmp_path / "a.tar")
    verify(read_model(read_bundle(tmp_path / "a.tar", "mine", place)))


def test_it_is_a_tar_file_that_other_programs_read(bundle: Path) -> None:
    with tarfile.open(bundle) as tar:
        assert tar.getnames()[0] == "model.json"
        assert {m.name for m in tar} == {*FILES, "model.json", "SHA256SUMS"}
        assert {(m.mtime, m.uid, m.uname) for m in tar} == {(0, 0, "")}


def test_a_damaged_model_is_not_bundled(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny")
    (folder / "source.spm").write_bytes(b"?")
    with pytest.raises(ModelCorrupt):
        write_bundle(read_model(folder), tmp_path / "a.tar")
    assert not (tmp_path / "a.tar").exists()


def test_nothing_is_replaced(bundle: Path, place: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there already"):
        write_bundle(read_model(tmp_path / "from" / "tiny"), bundle)
    read_bundle(bundle, "", place)
    with pytest.raises(ConfigError, match="there already"):
        read_bundle(bundle, "", place)


@pytest.mark.parametrize(
    "name",
    ["../evil.json", "/tmp/evil.json", "a/../../evil.json", "tokenizer/../../evil.json", "..", "a\\b.json", "c:a.json",
     ".hidden.json", "evil\n.json", "sub/config.json", "con\u0301.json"],
)  # fmt: skip
def test_a_member_outside_the_folder_is_refused(bundle: Path, place: Path, name: str) -> None:
    rewrite(bundle, lambda members: [*members, member(name, b"{}")])
    is_refused(bundle, place)
    assert not list(place.parent.glob("evil*"))


@pytest.mark.parametrize("name", ["../evil.json", "/tmp/evil.json", "evil.py", "weights.pkl"])
def test_a_description_that_names_such_a_file_is_refused(bundle: Path, place: Path, name: str) -> None:
    def change(members: list[Member]) -> list[Member]:
        record = json.loads(members[0][1])
        record["files"][0]["name"] = name
        return [member("model.json", json.dumps(record).encode()), *members[1:]]

    rewrite(bundle, change)
    is_refused(bundle, place, "unexpected file")


@pytest.mark.parametrize(
    "type",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE],
)
def test_links_folders_and_devices_are_refused(bundle: Path, place: Path, type: bytes) -> None:
    rewrite(bundle, lambda members: [*members, member("extra.json", type=type, link="/etc/passwd")])
    is_refused(bundle, place, "no plain file")
    rewrite(bundle, lambda members: [members[0], member("config.json", type=type, link="/etc/passwd"), *members[2:-1]])
    is_refused(bundle, place, "no plain file")


def test_long_names_and_extended_headers_are_refused(bundle: Path, place: Path) -> None:
    rewrite(bundle, lambda members: [*members, member("a" * 300 + ".json", b"{}")])
    is_refused(bundle, place, "no plain file")
    rewrite(bundle, lambda members: [*members, member("ă.json", b"{}")][-1:], tarfile.PAX_FORMAT)
    is_refused(bundle, place)


def test_a_file_that_is_missing_added_or_there_twice_is_refused(bundle: Path, place: Path) -> None:
    whole = bundle.read_bytes()
    rewrite(bundle, lambda members: members[:-1])
    is_refused(bundle, place, "SHA256SUMS is missing")
    bundle.write_bytes(whole)
    rewrite(bundle, lambda members: [*members[:-2], members[-1]])
    is_refused(bundle, place, "missing")
    bundle.write_bytes(whole)
    rewrite(bundle, lambda members: [*members, member("more.json", b"{}")])
    is_refused(bundle, place, r"more\.json")
    bundle.write_bytes(whole)
    rewrite(bundle, lambda members: [*members, members[1]])
    is_refused(bundle, place, "twice")
    bundle.write_bytes(whole)
    rewrite(bundle, lambda members: [*members, members[0]])
    is_refused(bundle, place, "twice")


def test_other_bytes_or_another_size_are_refused(bundle: Path, place: Path) -> None:
    whole = bundle.read_bytes()
    rewrite(bundle, lambda members: [*members[:-1], member(members[-1][0].name, b"?" * members[-1][0].size)])
    is_refused(bundle, place, "checksum")
    bundle.write_bytes(whole)
    rewrite(bundle, lambda members: [*members[:-1], member(members[-1][0].name, b"?" * 100_000)])
    is_refused(bundle, place, "size")


def test_another_word_in_the_description_is_refused(bundle: Path, place: Path) -> None:
    def change(members: list[Member]) -> list[Member]:
        record = json.loads(members[0][1]) | {"licence": "mine"}
        return [member("model.json", json.dumps(record).encode()), *members[1:]]

    rewrite(bundle, change)
    is_refused(bundle, place, "SHA256SUMS")


def test_checksums_that_are_left_out_are_missed(bundle: Path, place: Path) -> None:
    def change(members: list[Member]) -> list[Member]:
        record = json.loads(members[0][1])
        record["files"][0]["sha256"] = ""
        return [member("model.json", json.dumps(record).encode()), *members[1:]]

    rewrite(bundle, change)
    is_refused(bundle, place, "no checksum")


@pytest.mark.parametrize("name", ["../up", "/tmp/up", ".", "", ".hidden", "a/b"])
def test_a_model_cannot_name_itself_out_of_our_folder(bundle: Path, place: Path, name: str) -> None:
    def change(members: list[Member]) -> list[Member]:
        record = json.loads(members[0][1]) | {"name": name}
        return [member("model.json", json.dumps(record).encode()), *members[1:]]

    rewrite(bundle, change)
    with pytest.raises(ConfigError, match="cannot be a model's name"):
        read_bundle(bundle, "", place)
    assert not place.exists()


@pytest.mark.parametrize("data", [b"", b"not a tar", b"PK\3\4" * 1000, b"\0" * 10240, b"\x1f\x8b" * 400])
def test_what_is_no_bundle_is_refused(bundle: Path, place: Path, data: bytes) -> None:
    bundle.write_bytes(data)
    is_refused(bundle, place)


def test_a_file_that_is_not_there_is_said(tmp_path: Path, place: Path) -> None:
    is_refused(tmp_path / "none.tar", place, "cannot be read")
