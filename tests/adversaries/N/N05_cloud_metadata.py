# %%
import ctypes
import errno
import os
import socket
import struct
import time

answer = 42


def double(x):
    return 2 * x


libc = ctypes.CDLL(None, use_errno=True)


def door(name, action, seconds=1.5):
    """One way out: it must be shut, and at once."""
    began = time.monotonic()
    try:
        found = action()
    except (OSError, ValueError) as error:
        found = None
        print(name, type(error).__name__, error)
    if found is not None:
        print("ESCAPED:", name, found)
    if time.monotonic() - began > seconds:
        print("ESCAPED: (hangs)", name)


# %%
import http.client
import urllib.request

ADDRESSES = ["169.254.169.254", "169.254.170.2", "169.254.169.123", "100.100.100.200", "168.63.129.16", "192.0.0.192", "10.96.0.1"]
PATHS = ["/latest/meta-data/iam/security-credentials/", "/computeMetadata/v1/instance/service-accounts/default/token"]
PATHS += ["/metadata/instance?api-version=2021-02-01", "/v1.json", "/opc/v2/instance/", "/latest/api/token"]


def fetch(address, path, method="GET"):
    connection = http.client.HTTPConnection(address, timeout=3)
    headers = {"Metadata-Flavor": "Google", "Metadata": "true", "X-aws-ec2-metadata-token-ttl-seconds": "60"}
    connection.request(method, path, headers=headers)
    return connection.getresponse().status


for address in ADDRESSES:
    for path in PATHS:
        door(f"{address}{path}", lambda: fetch(address, path, "PUT" if "token" in path else "GET"))
for address in ("fd00:ec2::254", "fd20:ce::254", "fe80::a9fe:a9fe"):
    door(address, lambda: socket.create_connection((address, 80), timeout=3).getpeername())
for spelled in ("2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "[::ffff:169.254.169.254]", "metadata.google.internal"):
    door(spelled, lambda: urllib.request.urlopen(f"http://{spelled}/latest/meta-data/", timeout=3).status)
for name in ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "KUBERNETES_SERVICE_HOST", "GOOGLE_APPLICATION_CREDENTIALS", "MSI_ENDPOINT"):
    if name in os.environ:
        print("ESCAPED:", name)
for path in ("/var/run/secrets/kubernetes.io/serviceaccount/token", "/root/.aws/credentials", "/sys/class/dmi/id/product_uuid",
             "/sys/firmware/dmi/tables/DMI", "/sys/hypervisor/uuid", "/run/cloud-init/instance-data.json"):  # fmt: skip
    if os.path.exists(path):
        print("ESCAPED:", path)
print("TRIED")
