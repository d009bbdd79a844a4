"""Source code, and what it costs to run: names used, loops, time and memory."""
