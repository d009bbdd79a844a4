# %%
print("TRIED")
