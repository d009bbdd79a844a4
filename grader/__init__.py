"""Grader: an autograder for hands-on machine learning courses."""

__version__ = "0.1.0"
