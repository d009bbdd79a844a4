"""Executes submissions and asks them questions: the cell loop, the probe inside, its proxies outside."""
