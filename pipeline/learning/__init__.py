"""Examples, training and evaluation."""
