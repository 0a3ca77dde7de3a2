"""Read Vietnamese provincial news without Vietnamese: translation, summary and evidence, offline."""

__all__ = ["__version__"]

__version__ = "0.1.0"
