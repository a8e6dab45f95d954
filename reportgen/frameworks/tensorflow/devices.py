"""The device that TensorFlow computes on: what there is, how one is chosen, and how to wait for it."""

import keras
import tensorflow as tf

from reportgen.records import DeviceKind
from reportgen.runner.device import Device, Processor

GPU = "GPU:0"


def names() -> tuple[str, ...]:
    """Return the names of the CUDA devices on which TensorFlow really computes; empty without one.

    Raises what TensorFlow raises where there is one that does not work.
    """
    found = tf.config.list_physical_devices("GPU")
    if not found:
        return ()
    with tf.device(GPU):
        tf.add(tf.ones(1), 1).numpy()
    return tuple(describe(device) for device in found)


def describe(device: tf.config.PhysicalDevice) -> str:
    """Return the name that the maker gave a device, or TensorFlow's where it is not told."""
    details = tf.config.experimental.get_device_details(device)
    return str(details.get("device_name", device.name))


def use(kind: DeviceKind) -> Device:
    """Let this process compute on the device, before TensorFlow's first operation, and return it as clocks see it.

    TensorFlow would take a GPU by itself, all of its memory, and round the factors of float32
    products to TensorFloat-32; float32 is to mean float32 in both frameworks.
    """
    if kind == "cpu":
        tf.config.set_visible_devices([], "GPU")
        return Processor()
    for device in tf.config.list_physical_devices("GPU"):
        tf.config.experimental.set_memory_growth(device, True)
    tf.config.experimental.enable_tensor_float_32_execution(False)
    return Cuda()


class Cuda:
    """The first CUDA device that is visible."""

    def synchronise(self) -> None:
        """Wait for everything that was ordered."""
        tf.test.experimental.sync_devices()

    def reset_peak_memory(self) -> None:
        """Begin a new peak."""
        tf.config.experimental.reset_memory_stats(GPU)

    def peak_memory_bytes(self) -> int | None:
        """Return the peak of the memory in use, which is less than what TensorFlow holds."""
        try:
            return int(tf.config.experimental.get_memory_info(GPU)["peak"])
        except ValueError:
            return None


def kind_of(variable: keras.Variable | tf.Variable) -> str:
    """Return the kind of device that holds a variable, "cpu" or "cuda", as TensorFlow itself says."""
    held = variable.value if isinstance(variable, keras.Variable) else variable
    kind = tf.DeviceSpec.from_string(held.device).device_type
    return {"GPU": "cuda"}.get(kind, str(kind).lower())


def device_name(kind: str) -> str | None:
    """Return the name that the maker gave a CUDA device."""
    return (
        describe(tf.config.list_physical_devices("GPU")[0]) if kind == "cuda" else None
    )


def tensor_float_32(kind: str) -> bool | None:
    """Say whether float32 products may be rounded to TensorFloat-32, where the device could."""
    if kind != "cuda":
        return None
    return bool(tf.config.experimental.tensor_float_32_execution_enabled())


def mixed_precision() -> bool:
    """Say whether Keras computes in a shorter number type than the weights have."""
    policy = keras.config.dtype_policy()
    return bool(policy.compute_dtype != policy.variable_dtype)
