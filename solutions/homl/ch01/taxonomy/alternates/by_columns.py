# %%
first = "Supervised Supervised Supervised Supervised Cluster Rules Anomaly Novelty Semi Self RL Reduce Supervised".split()
online = {3, 4, 5, 7, 11, 13}
stored = {2, 6, 7, 8, 9, 12, 13}  # the baskets and the map can be seen either way

# %%
answers = {}
for number, kind in enumerate(first, start=1):
    answers[f"c{number:02d}"] = [kind, "ONLINE" if number in online else "BATCH", "Instance" if number in stored else "Model"]
