"""Weights of PyTorch, Keras, ONNX and Flax: their names and layouts, both ways."""
