"""The ways of driving TensorFlow, a package each. TensorFlow is imported when a mode is used, not when it is found."""
