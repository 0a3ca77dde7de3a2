"""The command evaluate: models side by side on sentences with their references."""
# ruff: noqa: PLC0415, PLR0917 (imports wait for the command; typer calls commands by keyword)

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vn_summarize.cli.options import (
    BatchTokens,
    Beam,
    Config,
    Device,
    Glossary,
    Jobs,
    Json,
    ModelsDir,
    Quiet,
    StrictGlossary,
    Threads,
    Verbose,
)
from vn_summarize.cli.terminal import guarded, read, say, say_findings, settings_of, show_log, tell, tell_table
from vn_summarize.errors import ConfigError, VnSummarizeError

if TYPE_CHECKING:
    from vn_summarize.comparison import Trial
    from vn_summarize.config import Settings
    from vn_summarize.evaluation import Pair

Pairs = Annotated[
    Path, typer.Argument(metavar="DEV.tsv", help="Vietnamese, tab, English: a sentence a line.", show_default=False)
]
Models = Annotated[
    list[str] | None,
    typer.Option("--model", metavar="NAME|DIR", help="A model; repeat it to compare several with the first."),
]
Plain = Annotated[bool, typer.Option("--plain", help="The models alone: no terms, checks or retries.")]
Some = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="N sentences, evenly from all.")]
Examples = Annotated[
    int, typer.Option(metavar="N", min=0, help="Sentences to show on which the models differ most, by chrF.")
]
Markdown = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the table and the sentences there too.")]


@guarded
def evaluate(
    file: Pairs,
    model: Models = None,
    models_dir: ModelsDir = None,
    plain: Plain = False,
    glossary: Glossary = None,
    strict_glossary: StrictGlossary = False,
    limit: Some = None,
    examples: Examples = 5,
    markdown: Markdown = None,
    jobs: Jobs = None,
    device: Device = None,
    threads: Threads = None,
    beam: Beam = None,
    batch_tokens: BatchTokens = None,
    config: Config = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Measure models side by side on translated sentences.

    BLEU, chrF, numbers, names, terms, speed and memory, with intervals, and the
    sentences on which the models differ most. They translate as `run` does, each
    in a process of its own. Exits with 1 if one of them fails, with 2 if all do.

    \b
    Examples:
      vn-summarize evaluate dev.tsv
      vn-summarize evaluate --model vi-en-news --model models/mine dev.tsv --markdown report.md
      vn-summarize evaluate --model models/mine dev.tsv --plain --limit 200 --json | jq .models
    """
    if not importlib.util.find_spec("sacrebleu"):
        raise ConfigError("evaluate needs sacrebleu: pip install 'vn-summarize[evaluate]'")
    from vn_summarize.comparison import compare, legend, record, render_examples, render_markdown, table
    from vn_summarize.evaluation import take_evenly, terms_to_count
    from vn_summarize.loading import load_terms
    from vn_summarize.writing import write_text

    machine = {"jobs": jobs, "device": device, "threads": threads, "beam": beam, "batch_tokens": batch_tokens}
    settings = settings_of(
        [file], config, models=models_dir, glossary=glossary, strict_glossary=strict_glossary, **machine
    )
    show_log(verbose)
    pairs = take_evenly(_read_pairs(file), limit)
    terms, doubts = load_terms(settings)
    say_findings(doubts, verbose)
    names = model or [settings.model]
    trials = _try_all(names, [pair.source for pair in pairs], settings, plain, quiet)
    if not trials:
        return 2
    comparison = compare(pairs, trials, terms_to_count(pairs, terms), examples)
    if markdown:
        how = "the models alone" if plain else "as `run` translates"
        write_text(markdown, render_markdown(comparison, f"{file.name}: {len(pairs)} sentences, {how}"))
    if as_json:
        tell(json.dumps({"file": str(file), "plain": plain, **record(comparison)}, ensure_ascii=False))
    else:
        tell_table(*table(comparison))
        for line in ("", *legend(comparison), "", *render_examples(comparison)):
            tell(line)
    return 1 if len(trials) < len(names) else 0


def _read_pairs(file: Path) -> "tuple[Pair, ...]":
    from vn_summarize.evaluation import parse_pairs
    from vn_summarize.glossary.delimited import decode

    text = decode(read(file), str(file))
    try:
        return parse_pairs(text.replace("\r\n", "\n").replace("\r", "\n"), str(file))
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _try_all(
    models: Sequence[str], sources: Sequence[str], settings: "Settings", plain: bool, quiet: bool
) -> "list[Trial]":
    """Try each model; one that fails is said and left out."""
    from vn_summarize.models import resolve

    if len(set(models)) < len(models):
        raise ConfigError("the same --model is given twice")
    for name in models:
        resolve(name, settings.models)  # what is missing is said before the first model begins
    trials = []
    for name in models:
        try:
            trials.append(_try(replace(settings, model=name), sources, plain, quiet))
        except VnSummarizeError as error:
            say(f"failed: {error}")
    return trials


def _try(settings: "Settings", sources: Sequence[str], plain: bool, quiet: bool) -> "Trial":
    from rich.console import Console
    from rich.progress import Progress

    from vn_summarize.trials import run_trial

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task(settings.model, total=len(sources))
        trial = run_trial(settings, sources, plain, lambda done: bar.update(task, completed=done))
    if not quiet:
        say(f"{settings.model}: {len(sources)} sentences in {trial.seconds:.0f} s")
    return trial
