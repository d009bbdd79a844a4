"""The command line: thin commands over the rest of the project. ``grader.cli:main`` is the entry point."""

from grader.cli.app import main

__all__ = ["main"]
