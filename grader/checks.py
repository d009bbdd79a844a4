"""All that checks, ``hidden.py`` and the helpers beside them import of the grader; every other module may move.

What needs NumPy, SciPy or pandas is loaded when its name is first asked for, so that a file which only says something
in two languages loads nothing else.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from grader.checking.failure import CheckFailed
from grader.errors import CourseError, SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.vocabulary import Outcome, Text

if TYPE_CHECKING:
    from grader.checking.expect.keras.layers import Layer
    from grader.checking.expect.samples.two_sample import gaussian_like, mmd, nearest
    from grader.checking.expect.written.concepts import concept
    from grader.datasets.files import load as load_dataset
    from grader.datasets.mails import draw as draw_mails
    from grader.running.figures import FigureFacts
    from grader.running.keras_facts import LayerFacts, ModelFacts, RemoteModel, gradient
    from grader.running.proxy import Rng
    from grader.running.remote import Remote, RemoteEstimator

__all__ = [
    "CheckFailed",
    "CourseError",
    "FigureFacts",
    "Layer",
    "LayerFacts",
    "ModelFacts",
    "Outcome",
    "Remote",
    "RemoteEstimator",
    "RemoteModel",
    "Rng",
    "SubmissionFault",
    "SubmissionRaised",
    "Text",
    "concept",
    "draw_mails",
    "gaussian_like",
    "gradient",
    "load_dataset",
    "mmd",
    "nearest",
]

_LOADED_LATER = {
    "FigureFacts": "grader.running.figures:FigureFacts",
    "Layer": "grader.checking.expect.keras.layers:Layer",
    "LayerFacts": "grader.running.keras_facts:LayerFacts",
    "ModelFacts": "grader.running.keras_facts:ModelFacts",
    "Remote": "grader.running.remote:Remote",
    "RemoteEstimator": "grader.running.remote:RemoteEstimator",
    "RemoteModel": "grader.running.keras_facts:RemoteModel",
    "Rng": "grader.running.proxy:Rng",
    "concept": "grader.checking.expect.written.concepts:concept",
    "draw_mails": "grader.datasets.mails:draw",
    "gaussian_like": "grader.checking.expect.samples.two_sample:gaussian_like",
    "gradient": "grader.running.keras_facts:gradient",
    "load_dataset": "grader.datasets.files:load",
    "mmd": "grader.checking.expect.samples.two_sample:mmd",
    "nearest": "grader.checking.expect.samples.two_sample:nearest",
}


def __getattr__(name: str) -> Any:
    if name not in _LOADED_LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _LOADED_LATER[name].partition(":")
    return getattr(importlib.import_module(module), attribute)
