"""TensorFlow, driven through Keras."""

from reportgen.frameworks.base import Framework

FRAMEWORK = Framework(
    name="tensorflow",
    title="TensorFlow",
    distribution="tensorflow",
    program="reportgen.frameworks.tensorflow.program:TensorFlowProgram",
    parity="reportgen.frameworks.tensorflow.parity:create_probe",
    devices="reportgen.frameworks.tensorflow.devices:names",
    recipe="reportgen.frameworks.tensorflow.recipe:RECIPE",
)
