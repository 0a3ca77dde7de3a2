"""The commands that read articles: run, translate, summarize."""
# ruff: noqa: PLC0415, PLR0917 (imports wait for the command; typer calls commands by keyword)

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from vn_summarize.cli.options import (
    BatchTokens,
    Beam,
    Config,
    Device,
    Encoding,
    Exclude,
    Force,
    Format,
    Glossary,
    Include,
    Jobs,
    Json,
    Language,
    Limit,
    Lines,
    Model,
    ModelsDir,
    NoCache,
    Output,
    Paths,
    PlaceNames,
    Quiet,
    SecondOpinion,
    Sentences,
    Source,
    Strict,
    StrictGlossary,
    Style,
    Summarizer,
    Threads,
    Verbose,
    Words,
)
from vn_summarize.cli.terminal import guarded, open_file, read, run_shown, say_findings, settings_of, show_log, tell
from vn_summarize.errors import UnreadableArticle

if TYPE_CHECKING:
    from vn_summarize.config import Settings
    from vn_summarize.document import ArticleResult


@guarded
def run(
    paths: Paths,
    output: Output = None,
    glossary: Glossary = None,
    strict_glossary: StrictGlossary = False,
    model: Model = None,
    second_opinion: SecondOpinion = None,
    models_dir: ModelsDir = None,
    summary_sentences: Sentences = None,
    summary_words: Words = None,
    summarizer: Summarizer = None,
    summary_language: Language = None,
    style: Style = None,
    format: Format = None,
    place_names: PlaceNames = None,
    jobs: Jobs = None,
    device: Device = None,
    threads: Threads = None,
    beam: Beam = None,
    batch_tokens: BatchTokens = None,
    encoding: Encoding = None,
    limit: Limit = None,
    include: Include = None,
    exclude: Exclude = None,
    force: Force = False,
    strict: Strict = False,
    no_cache: NoCache = False,
    config: Config = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Translate and summarise files and folders.

    The paths of the results go to standard output, everything else to standard
    error. Running again skips what is current and goes on where a run stopped.

    \b
    Examples:
      vn-summarize run news/ -o out/
      vn-summarize run a.txt b.html -o out/ --summary-words 40 --format json,md,txt
      vn-summarize run news/ -o out/ --model fast
      vn-summarize run news/ -o out/ --second-opinion fast
      vn-summarize run news/ -o out/ --exclude '*/archive/*' --json | jq .
    """
    settings = settings_of(
        paths,
        config,
        output=output,
        glossary=glossary,
        strict_glossary=strict_glossary,
        model=model,
        second_opinion=second_opinion,
        models=models_dir,
        summary_sentences=summary_sentences,
        summary_words=summary_words,
        summarizer=summarizer,
        summary_language=summary_language,
        style=style,
        format=format,
        place_names=place_names,
        jobs=jobs,
        device=device,
        threads=threads,
        beam=beam,
        batch_tokens=batch_tokens,
        encoding=encoding,
        limit=limit,
        include=include,
        exclude=exclude,
        force=force,
        strict=strict,
        no_cache=no_cache,
    )
    from vn_summarize.batch import run as run_batch
    from vn_summarize.loading import load_corrections, load_terms

    show_log(verbose)
    terms, doubts = load_terms(settings)
    corrections = load_corrections(settings)
    say_findings(doubts, verbose)
    return run_shown(
        settings,
        lambda translator, on_event: run_batch(paths, settings, translator, terms, on_event, corrections=corrections),
        as_json,
        quiet,
        verbose,
    )


@guarded
def translate(
    file: Source = Path("-"),
    lines: Lines = False,
    glossary: Glossary = None,
    strict_glossary: StrictGlossary = False,
    model: Model = None,
    second_opinion: SecondOpinion = None,
    models_dir: ModelsDir = None,
    place_names: PlaceNames = None,
    jobs: Jobs = None,
    device: Device = None,
    threads: Threads = None,
    beam: Beam = None,
    batch_tokens: BatchTokens = None,
    encoding: Encoding = None,
    no_cache: NoCache = False,
    config: Config = None,
    verbose: Verbose = False,
) -> int:
    """Translate one article, or a segment a line.

    The English goes to standard output, doubts about it to standard error.

    \b
    Examples:
      vn-summarize translate article.md
      pbpaste | vn-summarize translate
      vn-summarize translate --lines segments.vi > segments.en
    """
    settings = settings_of(
        [file],
        config,
        glossary=glossary,
        strict_glossary=strict_glossary,
        model=model,
        second_opinion=second_opinion,
        models=models_dir,
        place_names=place_names,
        jobs=jobs,
        device=device,
        threads=threads,
        beam=beam,
        batch_tokens=batch_tokens,
        encoding=encoding,
        no_cache=no_cache,
    )
    show_log(verbose)
    if lines:
        return _translate_lines(file, settings, verbose)
    from vn_summarize.writing.text import one_line, split_paragraphs

    result = _translate_article(file, settings, verbose)
    paragraphs = (" ".join(one_line(s.text) for s in group) for _, group in split_paragraphs(result.translated))
    tell("\n\n".join(paragraphs))
    return 0


@guarded
def summarize(
    file: Source = Path("-"),
    glossary: Glossary = None,
    strict_glossary: StrictGlossary = False,
    model: Model = None,
    second_opinion: SecondOpinion = None,
    models_dir: ModelsDir = None,
    summary_sentences: Sentences = None,
    summary_words: Words = None,
    summarizer: Summarizer = None,
    summary_language: Language = None,
    style: Style = None,
    place_names: PlaceNames = None,
    jobs: Jobs = None,
    device: Device = None,
    threads: Threads = None,
    beam: Beam = None,
    batch_tokens: BatchTokens = None,
    encoding: Encoding = None,
    no_cache: NoCache = False,
    config: Config = None,
    verbose: Verbose = False,
) -> int:
    """Summarise one article in English.

    \b
    Examples:
      vn-summarize summarize article.html
      vn-summarize summarize --summary-sentences 2 article.txt
    """
    settings = settings_of(
        [file],
        config,
        glossary=glossary,
        strict_glossary=strict_glossary,
        model=model,
        second_opinion=second_opinion,
        models=models_dir,
        summary_sentences=summary_sentences,
        summary_words=summary_words,
        summarizer=summarizer,
        summary_language=summary_language,
        style=style,
        place_names=place_names,
        jobs=jobs,
        device=device,
        threads=threads,
        beam=beam,
        batch_tokens=batch_tokens,
        encoding=encoding,
        no_cache=no_cache,
    )
    show_log(verbose)
    summary = _translate_article(file, settings, verbose).summary
    headlines = {"en": [summary.headline], "vi": [summary.headline_original]}
    lines = headlines.get(summary.language, [summary.headline, summary.headline_original])
    tell("\n\n".join(text for text in ("\n".join(filter(None, lines)), summary.text) if text))
    return 0


def _translate_article(file: Path, settings: "Settings", verbose: bool) -> "ArticleResult":
    from vn_summarize.loading import load_corrections, load_second, load_summarizer, load_terms, load_translator
    from vn_summarize.pipeline import summary_form, summary_length, summary_writer, translate_article
    from vn_summarize.reading import parse_article

    data = read(file)
    terms, doubts = load_terms(settings)
    article = parse_article(data, "standard input.txt" if str(file) == "-" else str(file), settings.encoding)
    translator, length = load_translator(settings), summary_length(settings)
    result = translate_article(
        article,
        translator,
        terms,
        length,
        settings.place_names,
        form=summary_form(settings),
        corrections=load_corrections(settings),
        second=load_second(settings),
        rewrite=summary_writer(load_summarizer(settings), translator, terms, length),
    )
    say_findings((*doubts, *result.findings), verbose)
    return result


def _translate_lines(file: Path, settings: "Settings", verbose: bool) -> int:
    from vn_summarize.loading import load_corrections, load_second, load_terms, load_translator
    from vn_summarize.pipeline import translate_segments
    from vn_summarize.writing.text import one_line

    terms, doubts = load_terms(settings)
    say_findings(doubts, verbose)
    told = load_translator(settings), terms, settings.place_names, load_corrections(settings)
    second = load_second(settings)
    failed = False
    with sys.stdin.buffer if str(file) == "-" else open_file(file) as stream:
        for number, translated in enumerate(
            translate_segments(_segments(stream, settings.encoding), *told, second=second), 1
        ):
            tell(" ".join(one_line(sentence.text) for sentence in translated.sentences))
            failed |= bool(translated.findings and not translated.sentences)
            say_findings(translated.findings, verbose, f"line {number}:")
    return 1 if failed else 0


def _segments(stream: BinaryIO, encoding: str) -> Iterator[str]:
    from vn_summarize.parsing.decoding import decode

    if encoding:  # whose lines end in bytes of their own
        yield from decode(stream.read(), "the input", encoding)[0].removesuffix("\n").split("\n")
        return
    for number, line in enumerate(stream, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise UnreadableArticle(
                f"line {number} is not UTF-8: convert the input to UTF-8, or name its encoding with --encoding"
            ) from error
