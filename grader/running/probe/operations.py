"""What can be asked about a submission: one function per operation, each gets the server and the request's fields."""

from __future__ import annotations

from importlib import metadata

from . import modules
from .files import list_files, read_file
from .records import Undefined
from .seeding import seed_all

_PACKAGES = ("numpy", "scipy", "scikit-learn", "pandas", "matplotlib", "tensorflow", "tensorflow-cpu", "keras", "torch")


def _resolve(server, name):
    """The object behind a dotted name of the submission's namespace."""
    first, *rest = name.split(".")
    if first not in server.namespace:
        raise Undefined(name)
    value = server.namespace[first]
    for part in rest:
        try:
            value = getattr(value, part)
        except AttributeError:
            raise Undefined(name) from None
    return value


def _attribute(target, name):
    for part in name.split("."):
        target = getattr(target, part)
    return target


def _callable(server, name):
    function = _resolve(server, name)
    if function is Ellipsis:
        raise NotImplementedError(name)
    return function


def call(server, name, args=(), kwargs=None):
    """Call what the submission calls `name`."""
    return _callable(server, name)(*args, **(kwargs or {}))


def call_many(server, name, calls):
    """Call it once for each tuple of arguments."""
    function = _callable(server, name)
    return [function(*args) for args in calls]


def get(server, name):
    """A variable."""
    return _resolve(server, name)


def has(server, name):
    """Whether the submission defines `name`, and not as an untouched stub."""
    try:
        return _resolve(server, name) is not Ellipsis
    except Undefined:
        return False


def attribute(server, target, name):
    """An attribute of a held object; dots go on."""
    return _attribute(target, name)


def set_attribute(server, target, name, value):
    """Set an attribute of a held object."""
    *path, last = name.split(".")
    for part in path:
        target = getattr(target, part)
    setattr(target, last, value)


def method(server, target, name, args=(), kwargs=None):
    """Call a method of a held object."""
    return _attribute(target, name)(*args, **(kwargs or {}))


def invoke(server, target, args=(), kwargs=None):
    """Call a held object itself."""
    return target(*args, **(kwargs or {}))


def take(server, target, count):
    """The next `count` values of a held iterator, fewer where it ends."""
    found = []
    iterator = iter(target)
    while len(found) < count:
        try:
            found.append(next(iterator))
        except StopIteration:
            break
    return found


def estimator(server, name, params):
    """An estimator by name: a class or a factory is called; a fitted object with `params` is cloned and set."""
    value = _callable(server, name)
    if hasattr(value, "fit") and not isinstance(value, type):
        if not params:
            return value
        from sklearn.base import clone

        return clone(value).set_params(**params)
    return value(**params)


def estimator_facts(server, target, action):
    """Facts about a held estimator."""
    from . import estimators

    return estimators.ACTIONS[action](target)


def estimator_battery(server, target, **fields):
    """Raw observations of an estimator's habits."""
    from . import battery

    return battery.observe(target, **fields)


def structure(server, target, frame=None):
    """Steps, branches and columns of a pipeline."""
    from . import structure as structures

    return structures.describe(target, frame)


def hold(server, value):
    """A value that came with the request, as it is: the request says whether it stays here."""
    return value


def oracle(server, number):
    """A callable that asks the trusted side; every call is counted there."""
    from .oracle import Oracle

    return Oracle(server, number)


def effort(server, **fields):
    """Time or memory of calls."""
    from . import effort as efforts

    return efforts.measure(_callable(server, fields.pop("name")), **fields)


def model(server, target, action, args=(), kwargs=None):
    """Facts about a held Keras model, or a call of it."""
    from . import models

    return models.ACTIONS[action](target, *args, **(kwargs or {}))


def figure(server, target):
    """Facts about a matplotlib figure."""
    from . import figures

    return figures.describe(target)


def files(server, pattern):
    """Names of regular files in the working directory."""
    return list_files(pattern)


def read(server, path, limit):
    """Content of a regular file in the working directory."""
    return read_file(path, limit)


def load_file(server, path):
    """Load an object that the submission saved."""
    from .files import load_object

    return load_object(path)


def public(server, name):
    """Import one of the exercise's public modules."""
    return modules.load_public(name)


def load(server, name):
    """Import the submission's module and speak about it from now on."""
    server.namespace = vars(modules.load(name))


def fresh(server, name, seed):
    """Start another process that imports the submission's module again; returns its number."""
    from .fresh import Child

    number = max(server.children, default=0) + 1
    server.children[number] = Child(seed)
    return number


def end(server, number):
    """End such a process."""
    child = server.children.pop(number, None)
    if child is not None:
        child.end()


def seed(server, value):
    """Seed every source of random numbers again."""
    seed_all(value)


def environment(server):
    """Versions of the packages that matter."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


OPERATIONS = {
    "call": call,
    "call_many": call_many,
    "get": get,
    "has": has,
    "attribute": attribute,
    "set_attribute": set_attribute,
    "method": method,
    "invoke": invoke,
    "take": take,
    "estimator": estimator,
    "estimator_facts": estimator_facts,
    "estimator_battery": estimator_battery,
    "structure": structure,
    "hold": hold,
    "oracle": oracle,
    "effort": effort,
    "model": model,
    "figure": figure,
    "files": files,
    "read": read,
    "load_file": load_file,
    "public": public,
    "load": load,
    "fresh": fresh,
    "end": end,
    "seed": seed,
    "environment": environment,
}
