"""A process that has imported the libraries; every submission is a fork of it in a sandbox of its own.

Theory of operation. ``python -m grader_template`` imports, then waits for requests on a socket. For each it forks a
supervisor, which has bubblewrap build an ordinary sandbox (with ``cat`` in it), enters that sandbox's process
namespace, forks the kernel there, and stays outside to tell how it ended. The kernel enters the other namespaces, gives
up everything and becomes ``grader_probe.kernel``.

The template only ever imports. It never computes: a thread pool of OpenMP or TensorFlow does not survive a fork, and a
copy of it would wait for ever. It knows nothing that a submission may not know.

Runs inside a sandbox as the package ``grader_template`` (standard library and ``grader_probe`` only).
"""

from pathlib import Path

TEMPLATE_DIR = Path(__file__).parent
