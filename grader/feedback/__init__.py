"""Sentences that explain a student's own errors and slips beyond what a check says. Nothing here runs a submission."""

from __future__ import annotations

from grader.feedback.old_apis import advice_on_code, advice_on_error, advice_on_output

__all__ = ["advice_on_code", "advice_on_error", "advice_on_output"]
