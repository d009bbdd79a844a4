# %%
answer = 42
kinds = [KeyboardInterrupt, GeneratorExit, StopIteration, SystemExit, MemoryError, RecursionError]


def double(x):
    raise kinds[len(x) % len(kinds)]("31338")
