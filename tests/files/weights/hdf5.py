"""HDF5 files, sound and hostile, as h5py writes them."""

import io

import h5py


def h5(fill, **options):
    """Return the bytes of a file that `fill` has put something into."""
    held = io.BytesIO()
    with h5py.File(held, "w", **options) as file:
        fill(file)
    return held.getvalue()


def holding(**arrays):
    """Return the bytes of a file with these datasets."""
    return h5(lambda file: [file.create_dataset(name, data=a) for name, a in arrays.items()])
