"""One small layer in every format that weights are read from."""

import io

import numpy as np
from openpyxl import Workbook

from lstm_core.frameworks.convert import named_arrays
from lstm_files.weights.write import write_weights
from tests.core.frameworks.layers import random_params
from tests.files.archives import zipped
from tests.files.tables.workbooks import saved
from tests.files.weights.hdf5 import holding


def book(**sheets):
    """Return a workbook with these rows in each sheet."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        new = made.create_sheet(title)
        for row in rows:
            new.append(row)
    return made


PARAMS = random_params("lstm", n=2, m=1)
ARRAYS = named_arrays("keras", PARAMS)
CSV = "".join(
    f"{name}\n" + "\n".join(",".join(map(repr, row)) for row in np.atleast_2d(a).tolist()) + "\n"
    for name, a in ARRAYS.items()
).encode()


def npy():
    """Return one of the arrays as an .npy."""
    held = io.BytesIO()
    np.save(held, ARRAYS["kernel"])
    return held.getvalue()


SOUND = {
    "npz": write_weights("keras", PARAMS, "npz"),
    "safetensors": write_weights("keras", PARAMS, "safetensors"),
    "h5": holding(**ARRAYS),
    "keras": zipped({"config.json": b"{}", "model.weights.h5": holding(**ARRAYS)}),
    "csv": CSV,
    "xlsx": saved(book(**{k: np.atleast_2d(a).tolist() for k, a in ARRAYS.items()})),
}
