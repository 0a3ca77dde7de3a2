"""The commands about reviews: apply, list, forget."""
# ruff: noqa: PLC0415 (imports wait for the command)

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vn_summarize.cli.options import Config, Json
from vn_summarize.cli.terminal import guarded, say, settings_of, tell, tell_record, tell_table
from vn_summarize.errors import ArticleError, ConfigError

if TYPE_CHECKING:
    from vn_summarize.review.apply import Review

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Take in what editors corrected; list and forget.")

PROPOSED = "proposed-terms.csv"

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Edited .docx, .xliff or .tsv files of a run.")]
Folder = Annotated[Path | None, typer.Option("--output", "-o", help="The run's output folder. [default: out]")]
Terms = Annotated[Path | None, typer.Option(metavar="FILE", help=f"Proposed terms. [default: OUT/{PROPOSED}]")]
Which = Annotated[
    list[str] | None, typer.Argument(metavar="[ARTICLE|ARTICLE#SENTENCE]...", help="As `list` shows them.")
]
All = Annotated[bool, typer.Option("--all", help="Every correction.")]


@app.command()
@guarded
def apply(
    files: Files, output: Folder = None, terms: Terms = None, config: Config = None, as_json: Json = False
) -> int:
    """Take in what editors changed in a run's files.

    Each file is held against its record in OUT. A changed English is kept, and
    stands for that Vietnamese sentence in every later run, whatever the model.
    Rows that cannot be used are named, the others are applied: exit code 1.
    What was changed the same way twice or more is proposed as a glossary.

    \b
    Examples:
      vn-summarize review apply out/2022/hoi-nghi.docx -o out/
      vn-summarize review apply edited/*.xliff -o out/ && vn-summarize run news/ -o out/
    """
    from vn_summarize.loading import corrections_path
    from vn_summarize.review.apply import read_reviews
    from vn_summarize.review.proposals import propose_terms, render_proposals
    from vn_summarize.review.store import keep_corrections, list_corrections
    from vn_summarize.writing import write_text

    settings = settings_of(files, config, output=output)
    path = corrections_path(settings)
    taken, failed = 0, False
    for file in files:
        try:
            reviews = read_reviews(file, settings.output)
        except (ArticleError, ConfigError) as error:
            say(f"failed: {error}")
            failed = True
            continue
        for review in reviews:
            if review.corrections:
                keep_corrections(path, review.corrections)
            _tell_review(file, review, as_json)
            taken += len(review.corrections)
            failed |= bool(review.problems)
    proposals = propose_terms(list_corrections(path))
    if proposals:
        table = terms or settings.output / PROPOSED
        write_text(table, render_proposals(proposals))
        say(f"{len(proposals)} terms proposed in {table}: read them, then give the file as --glossary")
    say(f"{taken} corrections taken; do the run again to see them in its files")
    return 1 if failed else 0


@app.command(name="list")
@guarded
def list_(config: Config = None, as_json: Json = False) -> int:
    """List the corrections that runs use.

    \b
    Examples:
      vn-summarize review list
      vn-summarize review list --json | jq -r .english
    """
    from vn_summarize.loading import corrections_path
    from vn_summarize.review.store import list_corrections

    corrections = list_corrections(corrections_path(settings_of([Path("-")], config)))
    if as_json:
        for correction in corrections:
            tell_record(correction)
    else:
        tell_table(
            ("sentence", "Vietnamese", "was", "English"),
            [(f"{c.article}#{c.sentence}", c.source, c.before, c.english) for c in corrections],
        )
    return 0


@app.command()
@guarded
def forget(which: Which = None, every: All = False, config: Config = None) -> int:
    """Drop corrections: the model's English comes back with the next run.

    \b
    Examples:
      vn-summarize review forget '2022/hoi-nghi#3'
      vn-summarize review forget 2022/hoi-nghi
      vn-summarize review forget --all
    """
    from vn_summarize.loading import corrections_path
    from vn_summarize.review.store import forget_corrections, list_corrections

    if every == bool(which):
        raise ConfigError("give the sentences or articles to forget, or --all")
    path = corrections_path(settings_of([Path("-")], config))
    wanted = set(which or ())
    gone = [c for c in list_corrections(path) if every or {c.article, f"{c.article}#{c.sentence}"} & wanted]
    if not (gone or every):
        raise ConfigError(f"no correction of {', '.join(sorted(wanted))}; `review list` shows what there is")
    forget_corrections(path, gone)
    say(f"{len(gone)} corrections forgotten")
    return 0


def _tell_review(file: Path, review: "Review", as_json: bool) -> None:
    for problem in review.problems:
        say(f"{file}: {review.article}: {problem}")
    if as_json:
        tell_record(review, file=str(file))
    else:
        for correction in review.corrections:
            tell(f"{correction.article}#{correction.sentence}\t{correction.before}\t{correction.english}")
