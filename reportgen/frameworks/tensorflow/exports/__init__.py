"""The ways out of TensorFlow, a file each. TensorFlow is imported when an export runs, not when it is found."""
