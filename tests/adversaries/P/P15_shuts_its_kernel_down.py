# %%
answer = 42
# %%
from IPython import get_ipython

get_ipython().kernel.do_shutdown(True)
exit()
quit()
# %%
get_ipython().kernel.session.key = b"another"
# %%
def double(x):
    return [2 * v for v in x.ravel()]
