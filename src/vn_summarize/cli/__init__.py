"""The command line: typer options -> Settings -> one plain function -> exit code.

The only package that prints or exits. Nothing heavy is imported before a command needs it, so that
--help is quick. Exit codes: 0 all well; 1 some articles failed (or --strict and an error found, or a
glossary has errors); 2 usage, configuration, model or disk; 130 interrupted.
"""

import io
import sys
from typing import Annotated

import typer

from vn_summarize import __version__
from vn_summarize.cli import articles, briefing, doctor, evaluation, glossary, models, review

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; the console script and `python -m vn_summarize` call this."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):  # the English has Vietnamese names, a path may be no UTF-8
            stream.reconfigure(encoding="utf-8", errors=errors)
    app(prog_name="vn-summarize")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vn-summarize {__version__}")
        raise typer.Exit()


@app.callback()
def vn_summarize(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read Vietnamese provincial news without Vietnamese: English translation, summary and evidence, offline.

    \b
    Examples:
      vn-summarize run news/ -o out/
      vn-summarize run news/ -o out/ --glossary terms.csv --format json,md,tsv
      vn-summarize translate article.txt > article.en.txt
      vn-summarize translate --lines < segments.vi > segments.en
      vn-summarize summarize article.html
      vn-summarize brief out/
      vn-summarize glossary check terms.csv
      vn-summarize review apply edited.docx -o out/
      vn-summarize evaluate --model vi-en-news --model models/mine dev.tsv
      vn-summarize models list
      vn-summarize doctor
    """


_ARTICLES = (articles.run, articles.translate, articles.summarize)
for _command in (*_ARTICLES, briefing.brief, doctor.doctor, evaluation.evaluate):
    app.command()(_command)
app.add_typer(glossary.app, name="glossary")
app.add_typer(models.app, name="models")
app.add_typer(review.app, name="review")
