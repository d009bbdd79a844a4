"""Becomes the Jupyter kernel of a submission: takes its instructions, confines itself, serves.

Runs on the sandbox side, before any line of the submission. Nothing here is a secret: whatever this process holds, the
submission can read.
"""

import contextlib
import json
import os
import sys


def confine(limits, gpu=None):
    """Lower the resource limits of this process and all that it starts; they cannot be raised again.

    With a GPU there is none on this process's own memory: drivers map far more than they use. What everything in the
    sandbox uses together is limited from outside all the same.
    """
    try:
        import resource
    except ImportError:  # Windows, a student's own machine
        return
    mib = 1 << 20
    wanted = {
        # A clean MemoryError; RLIMIT_AS would keep TensorFlow from starting. What is imported before is not counted.
        "RLIMIT_DATA": limits["memory_mb"] * mib + _data_size(),
        "RLIMIT_CPU": limits["cpu_seconds"],
        "RLIMIT_NPROC": limits["processes"],
        "RLIMIT_NOFILE": limits["open_files"],
        "RLIMIT_FSIZE": limits["scratch_mb"] * mib,
    }
    if gpu is not None:
        del wanted["RLIMIT_DATA"]
    for name, value in wanted.items():
        if hasattr(resource, name):
            # one CPU second between the signal that says why and the one that only kills
            hard = value + 1 if name == "RLIMIT_CPU" else value
            resource.setrlimit(getattr(resource, name), (value, hard))


def _data_size():
    """Bytes of private writable memory that this process has mapped so far."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # not Linux
        return 0


def main():
    """Read the instructions, then run the kernel until it is killed."""
    order = json.load(sys.stdin)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    become(order)


def become(order):
    """Run the kernel in this process until it is killed; `order` is what the grader wrote for it."""
    if order["data_fd"] is not None:
        os.environ["GRADER_PROBE_FD"] = str(order["data_fd"])
    if order["probe_tcp"]:
        os.environ["GRADER_PROBE_TCP"] = order["probe_tcp"]
    if order["confine"]:
        confine(order["limits"], order.get("gpu"))
    sys.modules["debugpy"] = None  # no debugger: saves its import and its threads

    import zmq
    from ipykernel.iostream import OutStream
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    from . import server  # noqa: F401  # now: a submission may leave no descriptor to read it with
    from .gpu import limit_now_and_on_import
    from .seeding import seed_now_and_on_import

    class CappedStream(OutStream):
        """Keeps what one cell prints short, so that a flood costs that cell only. The outside has caps of its own."""

        _owner = None
        _seen = 0

        def write(self, text):
            owner = (self.parent_header or {}).get("msg_id")
            if owner != self._owner:
                self._owner, self._seen = owner, 0
            before, cap = self._seen, order["cell_output"]
            self._seen += len(text)
            if before >= cap:
                return len(text)
            if self._seen > cap:
                super().write(text[: cap - before] + "\n" + order["cut_mark"] + "\n")
                return len(text)
            return super().write(text)

    class KernelApp(IPKernelApp):
        """ipykernel on sockets that the grader made and listens on: none is created in here."""

        outstream_class = None

        def init_connection_file(self):
            self.load_connection_info(order["connection"])

        def write_connection_file(self, **kwargs):
            pass

        def cleanup_connection_file(self):
            pass

        def log_connection_info(self):
            self._ports = {}

        def init_heartbeat(self):
            pass  # nobody listens: whether the process lives is seen from outside

        def init_crash_handler(self):
            pass

        def init_io(self):
            if order["quiet"]:  # from here on descriptors 1 and 2 lead nowhere but into the notebook
                null = os.open(os.devnull, os.O_RDWR)
                os.dup2(null, 1)
                os.dup2(null, 2)
                os.close(null)
            super().init_io()
            for name in ("stdout", "stderr"):
                setattr(sys, name, CappedStream(self.session, self.iopub_thread, name))

        def _bind_socket(self, socket, port):
            descriptor = order["sockets"].get(str(port))
            if descriptor is None:
                return super()._bind_socket(socket, port)
            socket.setsockopt(zmq.USE_FD, descriptor)
            socket.bind(f"ipc:///kernel-{port}")
            return port

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Context"
    config.InteractiveShell.enable_tip = False  # picked by Python's generator, as often as the banner is asked for
    config.IPKernelApp.log_level = 40
    sys.argv = ["kernel"]
    # last, so that no file of the submission stands in for a package: warm and cold starts would differ there
    sys.path[:] = [place for place in sys.path if place not in ("", os.getcwd())] + [""]
    seed_now_and_on_import(order["seed"])
    if order.get("gpu") is not None:
        limit_now_and_on_import(**order["gpu"])
    app = KernelApp.instance(config=config)
    app.initialize([])
    app.shell._tee = lambda channel: contextlib.nullcontext()  # IPython would keep all that is ever printed
    figures = sys.modules.get("matplotlib_inline.backend_inline")
    if figures is not None:  # imported before there was a shell to draw in
        figures._enable_matplotlib_integration()
    app.start()


if __name__ == "__main__":
    main()
