"""Figures: what they draw and how it is labelled."""
