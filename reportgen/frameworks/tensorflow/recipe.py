"""TensorFlow's lines in a program of its own."""

from reportgen.frameworks.recipe import Keeping, Recipe
from reportgen.language import marked

KERAS = Keeping(
    summary="model.summary()",
    save='model.save_weights(f"{MODEL}.weights.h5")',
    load='model.load_weights(f"{MODEL}.weights.h5")',
    files=(".weights.h5",),
)
MODULE = Keeping(
    summary=(
        "for variable in model.trainable_variables:\n"
        '    print(f"{variable.name:24} {tuple(variable.shape)}")\n'
        "parameters = sum(int(tf.size(variable)) for variable in model.trainable_variables)\n"
        'print(f"Trainable parameters: {parameters:,}")'
    ),
    save="tf.train.Checkpoint(model=model).write(str(MODEL))",
    load="tf.train.Checkpoint(model=model).read(str(MODEL)).assert_consumed()",
    files=(".index", ".data-00000-of-00001"),
)

RECIPE = Recipe(
    distributions=("tensorflow", "keras"),
    environment='os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # '
    + marked("warnings and errors only"),
    imports="import keras\nimport tensorflow as tf",
    seed="keras.utils.set_random_seed(SEED)",
    seed_by_hand="tf.random.set_seed(SEED)",
    set_threads="reportgen.frameworks.tensorflow.threads:set_threads",
    keeping={"tensorflow": KERAS, "tensorflow_module": MODULE},
    tensor="tf.constant({})",
    array="np.asarray({})",
)
