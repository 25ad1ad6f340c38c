"""Files of weights: NPZ, safetensors, HDF5 and Keras, tables; bounded before they are read."""
