"""Public data of the exercises in two profiles: ``small`` is generated here, ``full`` is fetched once and checked.

``ensure`` writes files for students and sandboxes, ``load`` reads them on the trusted side, ``fetch`` brings the full
profile, ``DATASETS`` is the catalogue.
"""

from __future__ import annotations

from grader.datasets.catalogue import DATASETS, DataFile, Dataset
from grader.datasets.files import canonical, data_folder, ensure, fetch, load

__all__ = ["DATASETS", "DataFile", "Dataset", "canonical", "data_folder", "ensure", "fetch", "load"]
