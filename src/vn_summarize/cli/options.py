"""The command line's arguments and options, as types: one definition for all commands that have them."""

from pathlib import Path
from typing import Annotated

import typer

from vn_summarize.config import BEAM

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, and folders with all below them.")]
Source = Annotated[Path, typer.Argument(metavar="[FILE|-]", help="The file; - is standard input.", show_default=False)]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Folder for the results. [default: out]")]
Glossary = Annotated[
    list[Path] | None,
    typer.Option(help="Terms: CSV, TSV, XLSX, TBX, TMX or a translation service's. Repeatable; a later one wins."),
]
StrictGlossary = Annotated[bool, typer.Option("--strict-glossary", help="Stop if a row of a glossary is broken.")]
Model = Annotated[
    str | None, typer.Option(metavar="NAME|DIR", help="quality (the default), fast, another name, a folder.")
]
SecondOpinion = Annotated[
    str | None,
    typer.Option("--second-opinion", metavar="NAME|DIR", help="A model whose other readings are told, such as fast."),
]
ModelsDir = Annotated[
    Path | None, typer.Option("--models-dir", metavar="DIR", help="A folder of models, before all other places.")
]
Sentences = Annotated[int | None, typer.Option("--summary-sentences", metavar="N", min=1, help="Summary length.")]
Words = Annotated[int | None, typer.Option("--summary-words", metavar="N", min=1, help="The same, in words at most.")]
Summarizer = Annotated[
    str | None,
    typer.Option(metavar="NAME|DIR", help="A local model that writes the summary; else sentences are selected."),
]
Language = Annotated[
    str | None, typer.Option("--summary-language", metavar="en|vi|both", help="Language of the summary. [default: en]")
]
Style = Annotated[str | None, typer.Option(metavar="paragraph|bullets", help="Its form. [default: paragraph]")]
Format = Annotated[
    str | None,
    typer.Option(
        metavar="LIST",
        help="Some of json,md,html,txt,tsv,docx,tmx,xliff,csv,parquet; json always. [default: json,md,html]",
    ),
]
PlaceNames = Annotated[
    str | None,
    typer.Option(metavar="original|ascii", help="Place names with diacritics or without. [default: original]"),
]
Jobs = Annotated[int | None, typer.Option(metavar="N", min=1, help="Batches at a time; results stay the same.")]
Device = Annotated[str | None, typer.Option(metavar="auto|cpu|cuda|mps", help="Where the model runs. [default: auto]")]
Threads = Annotated[int | None, typer.Option(metavar="N", min=1, help="Cores used. [default: all]")]
Beam = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=BEAM, help="Hypotheses of a search. [default: the model's]")
]
BatchTokens = Annotated[int | None, typer.Option(metavar="N", min=1, help="Tokens of a batch at most.")]
Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="How the text is encoded: tcvn3, vni, viscii, ... [default: by evidence]"),
]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="Stop after N articles.")]
Include = Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Only files like this. Repeatable.")]
Exclude = Annotated[list[str] | None, typer.Option(metavar="GLOB", help="No files like this. Repeatable.")]
Force = Annotated[bool, typer.Option("--force", help="Make results again that are current.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if any finding is an error.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Use no translation memory.")]
Config = Annotated[Path | None, typer.Option(metavar="FILE", help="Settings; else vn-summarize.toml beside the input.")]
Json = Annotated[bool, typer.Option("--json", help="JSON on standard output, one object a line.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what fails.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say every finding and the reason of every failure.")]
Lines = Annotated[bool, typer.Option("--lines", help="One segment per line in, one per line out, the same count.")]
