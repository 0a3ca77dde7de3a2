"""The commands about models: list, info, pull, verify, convert, import, remove, bundle, unbundle."""
# ruff: noqa: PLC0415, PLR0917 (imports wait for the command; typer calls commands by keyword)

import sys
from pathlib import Path
from typing import Annotated

import typer

from vn_summarize.cli.options import Json, ModelsDir
from vn_summarize.cli.terminal import guarded, say, tell, tell_record, tell_table
from vn_summarize.errors import ConfigError

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="List, fetch, check, convert and carry models.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="A model by name, or its folder.", show_default=False)]
Wanted = Annotated[
    str, typer.Argument(metavar="NAME", help="A model of the list, or the hub's owner/name.", show_default=False)
]
Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Models; without one, all.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A model's folder.", show_default=False)]
Bundle = Annotated[Path, typer.Argument(metavar="FILE", help="The .tar file.", show_default=False)]
NewName = Annotated[str, typer.Option("--name", metavar="NAME", help="What the model is to be called.")]
FamilyName = Annotated[str, typer.Option("--family", metavar="NAME", help="Its family, where its files do not tell.")]
Licence = Annotated[str, typer.Option("--licence", metavar="NAME", help="Its licence, to be recorded.")]
Revision = Annotated[str, typer.Option("--revision", metavar="REV", help="A commit, tag or branch. [default: main]")]
Accept = Annotated[bool, typer.Option("--accept-licence", "--accept-license", help="Accept a licence that restricts.")]
Quantization = Annotated[str, typer.Option("--quantization", metavar="NAME", help="int8, bfloat16, float32, ...")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.command(name="list")
@guarded
def list_models(models_dir: ModelsDir = None, as_json: Json = False) -> int:
    """List the models on this machine, and those that can be pulled.

    `checked` says what is known without reading the weights: recorded (every file
    is there with the size of its record), no checksums (nothing is recorded),
    damaged. `models verify` reads them.

    \b
    Examples:
      vn-summarize models list
      vn-summarize models list --json | jq -r .name
    """
    from vn_summarize.catalogue import load_catalogue
    from vn_summarize.cli.model_records import describe_found, describe_known, render_cell
    from vn_summarize.inventory import find_models

    found = find_models(models_dir)
    here = {model.name.casefold() for model in found}
    records = [describe_found(model) for model in found]
    records += [describe_known(known) for known in load_catalogue() if known.name.casefold() not in here]
    if as_json:
        for record in records:
            tell_record(record)
        return 0
    header = ("name", "family", "licence", "size", "languages", "checked", "note", "where")
    tell_table(header, [tuple(render_cell(key, record[key]) for key in header) for record in records])
    for model in found:
        if model.problem:
            say(f"{model.name}: {model.problem}")
    return 0


@app.command()
@guarded
def info(name: Name, models_dir: ModelsDir = None, as_json: Json = False) -> int:
    """Say all that is known about a model.

    \b
    Examples:
      vn-summarize models info vi-en-news
      vn-summarize models info opus-mt-vi-en --json
    """
    from vn_summarize.catalogue import find_known
    from vn_summarize.cli.model_records import describe_folder, describe_known, render_cell
    from vn_summarize.errors import ModelNotFound

    try:
        record = describe_folder(name, models_dir)
    except ModelNotFound:
        known = find_known(name)
        if known is None:
            raise
        record = describe_known(known) | {"task": known.task, "parameters": known.parameters * 10**6}
    if as_json:
        tell_record(record)
    else:
        for key, value in record.items():
            tell(f"{key:<13} {render_cell(key, value)}".rstrip())
    return 0


@app.command()
@guarded
def pull(
    name: Wanted,
    revision: Revision = "",
    accept: Accept = False,
    new_name: NewName = "",
    family: FamilyName = "",
    models_dir: ModelsDir = None,
) -> int:
    """Fetch a model from the Hugging Face Hub.

    Only safetensors weights are fetched, never code or pickles. The commit and
    the SHA-256 of every file are recorded. A pull that was stopped goes on where
    it was. Nothing else in vn-summarize uses the network. HF_ENDPOINT names
    another server, HTTPS_PROXY a proxy, HF_TOKEN your token.

    \b
    Examples:
      vn-summarize models pull madlad400-3b-mt
      vn-summarize models pull owner/name --revision refs/pr/1 --name mine
      vn-summarize models pull nllb-200-distilled-600M --accept-licence
    """
    from vn_summarize.catalogue import find_known, restriction
    from vn_summarize.hub import fetch, look_up
    from vn_summarize.inventory import check_free, own_place

    known = find_known(name)
    repository = known.repository if known else name
    if known and not repository:
        raise ConfigError(f"{name} comes with vn-summarize and is not fetched")
    if "/" not in repository:
        raise ConfigError(f"{name!r} is not in the list: give the hub's owner/name, or see models list")
    place, folder_name = own_place(models_dir), new_name or (known.name if known else name.rpartition("/")[2])
    check_free(place, folder_name)
    offer = look_up(repository, revision or (known.revision if known else ""))
    say(f"{repository} at {offer.revision}; licence: {offer.licence or 'not stated'}")
    stated = (offer.licence, *([known.licence] if known else []))
    reasons = sorted({reason for reason in map(restriction, stated) if reason})
    if reasons and not accept:
        raise ConfigError(f"{'; '.join(reasons)}. Read it on the model's page; --accept-licence fetches the model.")
    tell(fetch(offer, folder_name, family or (known.family if known else ""), place, say))
    return 0


@app.command()
@guarded
def verify(names: Names = None, models_dir: ModelsDir = None, as_json: Json = False) -> int:
    """Compare every file of models with its SHA-256.

    Exits with 2 if one is damaged.

    \b
    Examples:
      vn-summarize models verify
      vn-summarize models verify vi-en-news
    """
    from vn_summarize.cli.model_records import verified

    damaged = False
    for record in verified(names, models_dir):
        damaged |= record["checked"] == "damaged"
        if as_json:
            tell_record(record)
        else:
            tell(f"{record['name']}: {record['checked']}  {record['problem'] or record['where']}".rstrip())
    return 2 if damaged else 0


@app.command()
@guarded
def convert(
    name: Name, quantization: Quantization = "int8", new_name: NewName = "", models_dir: ModelsDir = None
) -> int:
    """Convert a checkpoint for CTranslate2: smaller, and quicker on a CPU.

    One sentence is translated before and after, so that you see what it costs.
    Needs the extra `torch`; the converted model needs transformers alone.

    \b
    Examples:
      vn-summarize models convert opus-mt-vi-en
      vn-summarize models convert nllb-200-distilled-600M --quantization int8_float16
    """
    from vn_summarize.conversion import convert as convert_model
    from vn_summarize.doctor import CANARY
    from vn_summarize.inventory import own_place
    from vn_summarize.models import resolve

    folder = resolve(name, models_dir)
    done = convert_model(
        folder, new_name or f"{folder.path.absolute().name}-{quantization}", quantization, own_place(models_dir)
    )
    say(f"{CANARY}\n  before: {done.before}\n  after:  {done.after}")
    say(f"{done.size_before / 1e6:,.1f} MB before, {done.size_after / 1e6:,.1f} MB after")
    tell(done.path)
    return 0


@app.command(name="import")
@guarded
def import_model(
    folder: Folder, new_name: NewName = "", family: FamilyName = "", licence: Licence = "", models_dir: ModelsDir = None
) -> int:
    """Copy a model's folder to the others, and record its checksums.

    A folder of ours, or a checkpoint as transformers saves it, with safetensors
    weights. Pickles and code are left behind.

    \b
    Examples:
      vn-summarize models import /media/usb/opus-mt-vi-en
      vn-summarize models import checkpoints/best --name mine --family envit5
    """
    from vn_summarize import inventory

    name = new_name or folder.absolute().name
    path, left = inventory.import_model(folder, name, family, licence, inventory.own_place(models_dir))
    if left:
        say(f"left behind: {', '.join(left)}")
    tell(path)
    return 0


@app.command()
@guarded
def remove(name: str, yes: Yes = False, models_dir: ModelsDir = None) -> int:
    """Remove a model from our folders, and what a stopped pull of it left.

    Asks first. Never the model that comes with vn-summarize.

    \b
    Examples:
      vn-summarize models remove opus-mt-vi-en
      vn-summarize models remove opus-mt-vi-en --yes
    """
    from vn_summarize.errors import ModelNotFound
    from vn_summarize.inventory import find_leftovers, find_removable, remove_model
    from vn_summarize.models import find_places

    folders = find_leftovers(name, find_places(models_dir)[:-2])
    try:
        folders.insert(0, find_removable(name, models_dir))
    except ModelNotFound:
        if not folders:
            raise
    for folder in folders:
        if not yes and not sys.stdin.isatty():
            raise ConfigError("give --yes to remove without being asked")
        if not yes and not typer.confirm(f"remove {folder}?", err=True):
            return 1
        remove_model(folder)
        say(f"removed {folder}")
    return 0


@app.command()
@guarded
def bundle(name: Name, file: Bundle, models_dir: ModelsDir = None) -> int:
    """Write a model into one .tar file, to carry to a machine without a network.

    The licence goes with the model: see models info before you hand it on.

    \b
    Examples:
      vn-summarize models bundle opus-mt-vi-en-int8 /media/usb/opus.tar
    """
    from vn_summarize.bundle import write_bundle
    from vn_summarize.models import resolve

    write_bundle(resolve(name, models_dir), file)
    tell(file)
    return 0


@app.command()
@guarded
def unbundle(file: Bundle, new_name: NewName = "", models_dir: ModelsDir = None) -> int:
    """Take a model out of a file that bundle wrote.

    Every checksum is compared; the model appears whole or not at all.

    \b
    Examples:
      vn-summarize models unbundle /media/usb/opus.tar
    """
    from vn_summarize.bundle import read_bundle
    from vn_summarize.inventory import own_place

    tell(read_bundle(file, new_name, own_place(models_dir)))
    return 0
