"""The exception tree. An exception means "no result"; a doubt about content is a Finding.

VnSummarizeError
├ ConfigError
│ └ GlossaryError           names file and line
├ ModelError
│ ├ ModelNotFound
│ ├ ModelCorrupt
│ └ GenerationError         one segment or article could not be translated
├ ArticleError              one article gives no result; the others go on
│ ├ UnreadableArticle
│ └ EmptyArticle
└ OutputError

Only the pipeline turns ArticleError and GenerationError into a Failure; the others stop the run.
"""


class VnSummarizeError(Exception):
    """Any error that vn-summarize raises on purpose; its text says what is wrong and what to do."""


class ConfigError(VnSummarizeError):
    """A setting, flag or configuration file that cannot be used."""


class GlossaryError(ConfigError):
    """A glossary that cannot be used; the text begins with file:line."""


class ModelError(VnSummarizeError):
    """A model that cannot be used."""


class ModelNotFound(ModelError):
    """No model folder under that name or path."""


class ModelCorrupt(ModelError):
    """Weights that do not match their checksums or cannot be loaded."""


class GenerationError(ModelError):
    """The model gave no usable answer for a segment."""


class ArticleError(VnSummarizeError):
    """An article that gives no result."""


class UnreadableArticle(ArticleError):
    """A file that cannot be opened, decoded or parsed."""


class EmptyArticle(ArticleError):
    """A file in which no article text is found."""


class OutputError(VnSummarizeError):
    """A result that cannot be written."""
