"""Measurements of the grader. Nothing here is part of the installed package."""
