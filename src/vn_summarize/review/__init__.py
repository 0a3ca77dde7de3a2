"""Edited files back in: rows are read, held against the records, kept as corrections, and terms proposed."""
