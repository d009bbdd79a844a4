# %% [markdown] lang="en"
# The same answers in few words, with British spelling and other synonyms.

# %%
a01 = {"P": "e", "T": "c", "E": "a"}
a02 = {"e", "g", "a", "c"}
a03 = "dependent variable"
a04 = ["Regression", "Classification"]
a05 = {"Association rule learning", "Visualisation", "novelty detection", "Clustering"}
a06 = "RL"
a07 = {"known": "d", "unknown": "b"}
a08 = "Supervised"
a09 = {"c", "e", "b"}
a10 = "When the data are larger than RAM, you feed them to the learner in mini-batches."
a11 = "lazy learning"
a12 = dict.fromkeys(["slope", "weight", "split_threshold", "centroid"], "P")
a12.update(dict.fromkeys(["learning_rate", "k", "alpha", "max_depth", "batch_size", "epochs"], "H"))
a13 = (
    "We look for the weights that work best. Training lowers a loss over the examples step by step. "
    "Afterwards a new instance is plugged into the fitted formula."
)
a14 = {"a", "c", "d", "f", "g"}
a15 = {"problem": "Over-fitting", "remedies": {"e", "d", "b"}}
a16 = "c"
a17 = "B"
a18 = {"m1": "C", "m2": "A", "m3": "B"}
a19 = {"estimate": "b", "real_error": "Higher"}
