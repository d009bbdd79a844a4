# %%
answer = 41
# %%
import json
from IPython import get_ipython

kernel = get_ipython().kernel
session, parent = kernel.session, kernel.get_parent("shell")
deep = "[" * 50_000 + "]" * 50_000
kinds = ["status", "stream", "display_data", "execute_result", "error", "execute_input", "clear_output",
         "update_display_data", "comm_open", "comm_msg", "comm_close", "nothing_known", "", "execute_reply"]
values = [None, [], {}, 0, "x", [None], {"data": None}, {"data": {"text/plain": 5, "image/png": []}, "metadata": 7},
          {"name": 3, "text": {"a": 1}}, {"ename": None, "evalue": [1], "traceback": "text"}, {"execution_count": 10**400},
          {"execution_state": ["idle"]}, {"data": {"text/html": "x"}, "metadata": {}, "transient": {"display_id": []}},
          {"wait": "yes"}, {"comm_id": {}, "data": None}]
for kind in kinds:
    for value in values:
        try:
            session.send(kernel.iopub_socket, kind, value, parent=parent, ident=b"x")
        except Exception:
            pass
# %%
print("TRIED")
