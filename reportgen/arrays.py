"""Array types that all stages share, by what their elements are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]  # counts, steps, and indices of other arrays
CodeArray = NDArray[np.int32]  # places in a list of names
BoolArray = NDArray[np.bool_]
ByteArray = NDArray[np.uint8]
StructArray = NDArray[np.void]  # rows of several fields
AnyArray = NDArray[Any]
