"""The embedded data set: real handwritten digits that come with scikit-learn, for machines where MNIST cannot be had.

The images are enlarged to 28 x 28, so that every workload written for MNIST runs on them unchanged.
"""

from __future__ import annotations

import numpy as np

from reportgen.datasets.base import Dataset, DatasetSource, Images, ProgressCallback
from reportgen.datasets.split import held_out_split, validation_split
from reportgen.language import marked

#: Side of MNIST's images in pixels, which the enlarged images take.
SIDE = 28

#: The greatest grey value in the original, which counts the set pixels of a 4 x 4 block.
ORIGINAL_MAXIMUM = 16


def enlarge(images: Images) -> Images:
    """Return grey images of shape (N, h, w) with values 0..16 as uint8 images of shape (N, 28, 28, 1) with values 0..255.

    Pillow's bicubic resampling of 8-bit images works in whole numbers, so the result is the same on every machine.
    """
    from PIL import Image

    grey = ((images.astype(np.uint16) * 255 + ORIGINAL_MAXIMUM // 2) // ORIGINAL_MAXIMUM).astype(np.uint8)
    resized = [np.asarray(Image.fromarray(image).resize((SIDE, SIDE), Image.Resampling.BICUBIC)) for image in grey]
    return np.stack(resized)[..., np.newaxis]


def read(progress: ProgressCallback) -> Dataset:
    """Return the 1,797 digits, enlarged, with a fixed stratified split into training, validation and test images."""
    progress("reading the handwritten digits that come with scikit-learn", 0, None)
    from sklearn.datasets import load_digits

    original = load_digits()
    images = enlarge(original.images.astype(np.uint8))
    labels = original.target.astype(np.int64)
    rest, test = held_out_split(labels)
    kept, validation = validation_split(labels[rest])
    return Dataset(
        name=DATASET.name,
        title=DATASET.title,
        description=marked(
            "1,797 grey images of handwritten digits by 13 writers, 8 x 8 pixels, enlarged to 28 x 28 by bicubic resampling; a fixed stratified "
            "split holds back 20 % as test images and 10 % of the rest as validation images. The same writers occur in all parts."
        ),
        licence="CC BY 4.0",
        citation=(
            "Alpaydin, E. & Kaynak, C. (1998). Optical Recognition of Handwritten Digits [data set]. UCI Machine Learning Repository. "
            "https://doi.org/10.24432/C50P49"
        ),
        source=marked("The copy that is installed with scikit-learn."),
        requested=DATASET.name,
        class_names=tuple(str(name) for name in original.target_names),
        train_images=images[rest[kept]],
        train_labels=labels[rest[kept]],
        validation_images=images[rest[validation]],
        validation_labels=labels[rest[validation]],
        test_images=images[test],
        test_labels=labels[test],
    )


DATASET = DatasetSource(name="digits", title="Optical Recognition of Handwritten Digits", read=read)
