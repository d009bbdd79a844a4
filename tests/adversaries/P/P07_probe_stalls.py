# %%
def reply(sock, send, number):
    time.sleep(60)
