"""`python -m vn_summarize` is the command vn-summarize."""

from vn_summarize.cli import main

if __name__ == "__main__":
    main()
