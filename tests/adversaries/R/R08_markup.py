# %%
answer = 42


def double(x):
    return 2 * x

# %%
evil = "</pre></script><script>alert(1)</script><img src=x onerror=alert(1)><style>*{display:none}</style>{{7*7}}"
print(evil)
display({"text/html": evil, "image/svg+xml": f"<svg onload=alert(1)>{evil}</svg>", "application/javascript": "alert(1)"}, raw=True)
display({"text/markdown": f"[x](javascript:alert(1)) {evil}", "text/latex": r"\href{javascript:alert(1)}{x}"}, raw=True)
display({"image/png": evil, "image/gif": "not base64 at all"}, raw=True)


# %%
class Evil(Exception):
    pass


Evil.__name__ = Evil.__qualname__ = evil
raise Evil(evil)
