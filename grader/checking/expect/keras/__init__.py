"""Keras models: their layers, what they compute, and whether they learn."""
