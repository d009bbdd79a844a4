# %%
answer = 42


def double(x):
    return 2 * x


# %%
display({"text/plain": 7, "image/png": [1, 2], "text/html": {"a": None}}, raw=True, metadata={"x": "y"})

# %%
from IPython.display import publish_display_data

publish_display_data({"text/plain": None, "": "", "a" * 100_000: "x"})
print("and what is well-formed is shown")

# %%
# The same as messages, with the parent that makes them outputs of this cell.
kernel = get_ipython().kernel
nested = []
for _ in range(900):
    nested = [nested]
for kind, content in (
    ("display_data", {"data": None, "metadata": 3}),
    ("display_data", {"data": {"text/plain": "x"}, "metadata": {}, "transient": [1]}),
    ("display_data", {"data": {"text/plain": "x"}, "metadata": {}, "transient": {"display_id": {"a": 1}}}),
    ("update_display_data", {"data": 3, "metadata": {}, "transient": {"display_id": "x"}}),
    ("execute_result", {"data": {}, "metadata": {}, "execution_count": "many"}),
    ("execute_input", {"code": 1, "execution_count": {"a": 1}}),
    ("stream", {"name": None, "text": ["x"]}),
    ("stream", {}),
    ("error", {"ename": 1, "evalue": None, "traceback": "x"}),
    ("error", {"ename": {"a": 1}, "evalue": [1], "traceback": [1, None]}),
    ("status", {"execution_state": ["idle"]}),
    ("status", {}),
    ("clear_output", {}),
    ("comm_open", {"comm_id": 1}),
    ("no_such_type", {"x": 1}),
    ("", {}),
    ("display_data", {"data": {"application/json": nested}, "metadata": {}}),
    ("stream", {"name": "stdout", "text": nested}),
):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent("shell"), ident=b"x")
print("TRIED")
