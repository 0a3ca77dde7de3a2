"""What a translation must keep: numbers, dates, names and codes, and a sound form."""
