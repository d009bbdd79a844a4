# %%
import numpy as np
answer = 42


def double(x):
    return 2 * np.asarray(x)
# %% language="javascript"
# alert(document.cookie); Jupyter.notebook.kernel.execute("1")
# %%
from IPython import get_ipython
from IPython.display import HTML, Javascript, clear_output, display, update_display

print("this is hidden")
clear_output(wait=False)
display(HTML("<script>document.title='stolen'</script><img src=x onerror=alert(1)>"), Javascript("alert(1)"))
update_display("x", display_id="of-another-cell")
display({"text/plain": "x"}, raw=True, metadata={"a": {"b" * 1000: ["c"] * 1000}})
import comm

channel = comm.create_comm(target_name="grader", data={"points": 100})
channel.send({"verdict": "passed"})
get_ipython().run_line_magic("history", "-g")
