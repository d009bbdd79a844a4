# %%
plan = [
    ("Frame", "t05 t11"),
    ("Get", "t03 t09 t20"),
    ("Explore", "t02 t10"),
    ("Prepare", "t06 t13"),
    ("Shortlist", "t01 t12 t17"),
    ("Tune", "t07 t14 t18"),
    ("Present", "t08 t15"),
    ("Launch", "t04 t16 t19"),
]

# %%
order = tuple(stage for stage, _ in plan)
stage_of = {task: stage for stage, tasks in plan for task in tasks.split()}
