"""Grades for people: HTML pages for students and classes, Markdown for CI, a table in the terminal."""

from __future__ import annotations

from grader.reporting.markdown import render_markdown
from grader.reporting.pages import student_filename, write_class_report, write_reports, write_student_report
from grader.reporting.terminal import print_grade, print_report_place
from grader.reporting.text import one_line, plain

__all__ = [
    "one_line",
    "plain",
    "print_grade",
    "print_report_place",
    "render_markdown",
    "student_filename",
    "write_class_report",
    "write_reports",
    "write_student_report",
]
