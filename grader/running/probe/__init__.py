"""What runs inside a sandbox beside a submission: answers the trusted side's questions about it, with data only.

Imported there as the package ``grader_probe``; the trusted side imports the codec from here and nothing else.
"""

from __future__ import annotations

import os
from pathlib import Path

PROBE_DIR = Path(__file__).parent
WORK_DIR = os.getcwd()  # before the submission can change it


def serve(namespace, module=None):
    """Answer requests about `namespace`, or about the module of that name, until the connection closes."""
    from .server import serve_connection

    serve_connection(namespace, module)


def load_module(name, path=None):
    """Import the file at `path`, ``<name>.py`` by default, as module `name`.

    Returns None, so that a cell which ends with this call shows nothing; the module is in ``sys.modules``.
    """
    from .modules import load

    load(name, path)


__all__ = ["PROBE_DIR", "WORK_DIR", "load_module", "serve"]
