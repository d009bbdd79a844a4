"""The tools that are compared, each given the same notebooks in the form it wants."""
