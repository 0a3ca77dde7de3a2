"""The commands about glossaries: check, extract, convert, find, apply."""
# ruff: noqa: PLC0415, PLR0917 (imports wait for the command; typer calls commands by keyword)

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vn_summarize.cli.options import (
    Config,
    Exclude,
    Glossary,
    Include,
    Jobs,
    Json,
    Model,
    ModelsDir,
    NoCache,
    Quiet,
    Verbose,
)
from vn_summarize.cli.terminal import (
    guarded,
    run_shown,
    say,
    say_findings,
    settings_of,
    show_log,
    tell,
    tell_record,
    tell_table,
    track,
)

if TYPE_CHECKING:
    from vn_summarize.backends import Translator
    from vn_summarize.config import Settings
    from vn_summarize.document import Report
    from vn_summarize.events import Event
    from vn_summarize.glossary.review import Problem
    from vn_summarize.glossary.terms import Term
    from vn_summarize.revision import TouchedArticle

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Check, extract, convert, find and apply terms.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="A glossary.", show_default=False)]
Folders = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Articles in which to count.")]
Articles = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, and folders with all below them.")]
Candidates = Annotated[
    Path | None, typer.Option("--output", "-o", help="CSV file for the candidates. [default: standard output]")
]
Source = Annotated[Path, typer.Argument(metavar="A", help="The glossary to read.", show_default=False)]
Target = Annotated[Path, typer.Argument(metavar="B", help="The glossary to write.", show_default=False)]
Form = Annotated[str, typer.Option("--format", metavar="NAME", help="The form of B where its suffix has several.")]
Least = Annotated[int, typer.Option("--min-count", metavar="N", min=1, help="Phrases stand so often at least.")]
Most = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Phrases at most, the best first.")]
Translate = Annotated[bool, typer.Option("--translate", help="Add the model's English in a column of its own.")]
Texts = Annotated[list[str], typer.Argument(metavar="TERM...", help="Vietnamese or English; quote several words.")]
Folder = Annotated[Path, typer.Argument(metavar="OUT", help="The output folder of a run.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be made again, and change nothing.")]


@app.command()
@guarded
def check(file: File, paths: Folders = None, as_json: Json = False, verbose: Verbose = False) -> int:
    """Look for faults in a glossary.

    Conflicts, duplicates, terms that can never be used because others win their
    place, rows that look turned round; with folders also terms that occur in none
    of their articles. -v shows hints too. Exits with 1 if there are errors.

    \b
    Examples:
      vn-summarize glossary check terms.csv
      vn-summarize glossary check terms.xlsx news/ -v
      vn-summarize glossary check terms.csv --json | jq .message
    """
    from vn_summarize.glossary.formats import load_builtin, load_glossary
    from vn_summarize.glossary.review import count_severities, find_unseen, review

    show_log(verbose)
    terms, findings = load_glossary(file)
    base = load_builtin()
    problems = review(terms, findings, base)
    if paths:
        problems += find_unseen(terms, base, _sentences(paths))
    counts = count_severities(problems)
    if as_json:
        for problem in problems:
            tell_record(problem)
    else:
        _tell_problems([p for p in problems if verbose or p.severity != "info" or (paths and p.kind == "unseen")])
    numbers = ", ".join(f"{number} {name}" for name, number in counts.items())
    say(f"{file}: {len(terms)} terms; {numbers}")
    return 1 if counts["errors"] else 0


def _tell_problems(problems: Sequence["Problem"]) -> None:
    tell_table(("severity", "kind", "term", ""), [(p.severity, p.kind, p.source, p.message) for p in problems])


@app.command()
@guarded
def extract(
    paths: Articles,
    output: Candidates = None,
    glossary: Glossary = None,
    least: Least = 3,
    most: Most = 500,
    translate: Translate = False,
    include: Include = None,
    exclude: Exclude = None,
    model: Model = None,
    models_dir: ModelsDir = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    config: Config = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Find candidate terms in articles.

    Repeated phrases, quoted names of campaigns, short forms with their
    definitions, as a CSV file that is a glossary: fill in `target` where you want
    a term; rows left without one are not used.

    \b
    Examples:
      vn-summarize glossary extract news/ -o candidates.csv
      vn-summarize glossary extract news/ --translate --min-count 5 -o candidates.csv
      vn-summarize run news/ --glossary candidates.csv
    """
    from vn_summarize.glossary.extraction import Extraction, render_candidates, render_json_lines
    from vn_summarize.loading import load_terms
    from vn_summarize.writing import write_lines

    show_log(verbose)
    flags = {"include": include, "exclude": exclude, "models": models_dir}
    settings = settings_of(paths, config, glossary=glossary, model=model, jobs=jobs, no_cache=no_cache, **flags)
    terms, doubts = load_terms(settings)
    say_findings(doubts, verbose)
    extraction = Extraction()
    failed = False
    for article in _articles(paths, settings.include, settings.exclude):
        failed |= article is None
        extraction.add(article or ())
    candidates = extraction.candidates(least, most)
    english = _translate([c.source for c in candidates], settings) if translate else {}
    if extraction.missed:
        say(f"there were more phrases than fit: a count may be too low by {extraction.missed}")
    lines = render_json_lines(candidates, terms, english) if as_json else render_candidates(candidates, terms, english)
    if output:
        write_lines(output, lines)
        tell(output)
    else:
        for line in lines:
            tell(line.rstrip("\n"))
    say(f"{len(candidates)} candidates")
    return 1 if failed else 0


@app.command()
@guarded
def convert(source: Source, target: Target, form: Form = "", verbose: Verbose = False) -> int:
    """Write a glossary in another form.

    The forms follow from the suffixes: .csv, .tsv, .tbx, .tmx, .xlsx. What the new
    form cannot hold is said on standard error.

    \b
    Examples:
      vn-summarize glossary convert terms.xlsx terms.csv
      vn-summarize glossary convert terms.csv terms.tbx
      vn-summarize glossary convert terms.csv upload.csv --format deepl
    """
    from vn_summarize.glossary.formats import load_glossary, write_glossary

    terms, findings = load_glossary(source)
    say_findings(findings, verbose=True)
    say_findings(write_glossary(target, terms, format=form), verbose=True)
    say(f"{len(terms)} terms")
    tell(target)
    return 0


@app.command()
@guarded
def find(
    texts: Texts, glossary: Glossary = None, config: Config = None, as_json: Json = False, verbose: Verbose = False
) -> int:
    """Look texts up in your glossaries, the built-in terms and the places.

    The kinds of hits: match (what a run uses for the text), hidden (another term
    is used instead), place (a unit of that name), english (found by its English),
    inside (the text is a part of it), near (spelt almost so, or without its
    marks). Exits with 1 if a text has no hit.

    \b
    Examples:
      vn-summarize glossary find "hộ nghèo"
      vn-summarize glossary find "ho ngheo" "poor household" --glossary terms.csv
    """
    from vn_summarize.glossary.search import search
    from vn_summarize.loading import load_terms

    terms, doubts = load_terms(settings_of([Path()], config, glossary=glossary))
    say_findings(doubts, verbose)
    rows, missing = [], []
    for text in texts:
        hits = search(unicodedata.normalize("NFC", text), terms)
        if not hits:
            missing.append(text)
        for hit in hits:
            if as_json:
                tell_record(hit, query=text)
            rows.append((hit.kind, *_term_cells(hit.term)))
    if not as_json:
        tell_table(("hit", "source", "target", "policy", "glossary", "provenance", "also"), rows)
    for text in missing:
        say(f"nothing found for {text!r}")
    return 1 if missing else 0


@app.command()
@guarded
def apply(
    output: Folder,
    glossary: Glossary = None,
    dry_run: DryRun = False,
    model: Model = None,
    models_dir: ModelsDir = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    config: Config = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Bring a run's results up to changed glossaries.

    Only the articles in which another term stands than before are made again, and
    of these only the sentences that it touches are translated. The result is that
    of a new run; the articles' files are not needed. Give all glossaries that a
    run would have, and its model.

    \b
    Examples:
      vn-summarize glossary apply out/ --glossary terms.csv --dry-run
      vn-summarize glossary apply out/ --glossary terms.csv
    """
    from vn_summarize.loading import load_corrections, load_terms, load_translator
    from vn_summarize.revision import apply_terms, find_records, find_touched

    show_log(verbose)
    flags = {"output": output, "glossary": glossary, "model": model, "jobs": jobs, "no_cache": no_cache}
    flags["models"] = models_dir
    settings = settings_of([output], config, **flags)
    terms, doubts = load_terms(settings)
    say_findings(doubts, verbose)
    if dry_run:
        records = find_records(settings.output, load_translator(settings))
        touched = list(find_touched(track(records, "records"), terms, load_corrections(settings)))
        _tell_touched(touched, as_json)
        say(f"{len(touched)} of {len(records)} articles would be made again")
        return 0

    def action(translator: "Translator", on_event: "Callable[[Event], None]") -> "Report":
        records, corrections = find_records(settings.output, translator), load_corrections(settings)
        return apply_terms(records, settings, translator, terms, on_event, corrections=corrections)

    return run_shown(settings, action, as_json, quiet, verbose)


def _tell_touched(touched: Sequence["TouchedArticle"], as_json: bool) -> None:
    if as_json:
        for article in touched:
            tell_record(article)
        return
    rows = []
    for article in touched:
        rows += [(article.id, str(change.sentence), change.before, change.after) for change in article.changes]
        rows += [] if article.changes else [(article.id, "", "", "details of its terms, or a correction")]
    tell_table(("article", "sentence", "before", "after"), rows)


def _sentences(paths: Sequence[Path]) -> Iterator[str]:
    for article in _articles(paths):
        yield from article or ()


def _articles(
    paths: Sequence[Path], include: Sequence[str] = (), exclude: Sequence[str] = ()
) -> Iterator[list[str] | None]:
    """Give the sentences of each article; None for one that gives none, which is said."""
    from vn_summarize.cleaning import clean
    from vn_summarize.errors import ArticleError
    from vn_summarize.reading import find_files, read_articles
    from vn_summarize.segmentation import split_article

    for file in track(find_files(paths, include, exclude), "files"):
        for article in read_articles(file):
            try:
                if isinstance(article, ArticleError):
                    raise article
                yield [sentence.text for sentence in split_article(clean(article))]
            except ArticleError as error:
                say(f"failed: {error}")
                yield None


def _translate(sources: Sequence[str], settings: "Settings") -> dict[str, str]:
    from vn_summarize.drafts import translate_texts
    from vn_summarize.loading import load_translator

    say(f"translating {len(sources)} candidates")
    answers = translate_texts(sources, load_translator(settings))
    return {source: answer.text.rstrip(".") for source, answer in zip(sources, answers, strict=True)}


def _term_cells(term: "Term") -> tuple[str, ...]:
    also = "|".join((*term.aliases, *term.alternatives))
    return term.source, term.target, term.policy, term.origin, term.provenance, also
