"""Builds what the pages show of code and data into Markdown that is committed, so that it can be read where it lies."""
