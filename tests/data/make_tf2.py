"""Write tf2/: logs of tf.summary of TensorFlow 2, and of Keras' callback."""

from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.custom_scalar import summary as layouts
from tensorboard.plugins.hparams import api as hp
from tensorboard.plugins.mesh import summary as meshes
from tensorboard.plugins.pr_curve import summary as curves
from writing import fresh, settle

OUT = fresh(Path(__file__).with_name("tf2"))


def scalars(rng):
    for step in range(5):
        tf.summary.scalar("loss", 1 / (step + 1), step, description="of the *training*")
    for name in ("float16", "bfloat16", "float64", "int8", "uint8", "int32", "int64", "bool"):
        value = tf.cast(3, getattr(tf, name))
        metadata = tf.compat.v1.SummaryMetadata(
            plugin_data=tf.compat.v1.SummaryMetadata.PluginData(plugin_name="scalars")
        )
        tf.summary.write(f"types/{name}", value, 0, metadata)
        tf.summary.write(f"vectors/{name}", value[None], 0, metadata)
    tf.summary.write("confusion", rng.integers(0, 9, (3, 3)), 0)
    tf.summary.write("names", tf.constant(["a", "b"]), 0)
    tf.summary.write("volume", rng.random((2, 2, 2)), 0)


def media(rng):
    tf.summary.image("pictures", rng.random((2, 4, 6, 3)), 0)
    waves = np.sin(np.arange(160, dtype="f4") / 5).reshape(2, 80, 1)
    tf.summary.audio("tone", waves, 8000, 0, encoding="wav")
    tf.summary.text("note", "**bold**", 0)
    tf.summary.text("table", [["a", "b"], ["1", "2"]], 0)


def shapes(rng):
    for step in range(3):
        tf.summary.histogram("weights", rng.normal(step, 1, 50), step)
    tf.summary.histogram("constant", np.ones(5), 0)
    tf.summary.histogram("nothing", np.zeros(0), 0)
    tf.summary.histogram("three", rng.random(9), 0, buckets=3)
    corners = np.array([[[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]], np.float32)
    faces = np.array([[[0, 1, 2], [0, 1, 3]]])
    raw = meshes.pb("solid", corners, colors=np.full((1, 4, 3), 200), faces=faces)
    tf.summary.experimental.write_raw_pb(raw.SerializeToString(), 0)
    labels, scores = rng.integers(0, 2, 40) > 0, rng.random(40)
    raw = curves.pb("pr", labels, scores, num_thresholds=11)
    tf.summary.experimental.write_raw_pb(raw.SerializeToString(), 0)


def about_the_model(_):
    chart = layout_pb2.Chart(title="both", multiline=layout_pb2.MultilineChartContent(tag=["loss"]))
    category = layout_pb2.Category(title="losses", chart=[chart])
    raw = layouts.pb(layout_pb2.Layout(category=[category]))
    tf.summary.experimental.write_raw_pb(raw.SerializeToString(), 0)

    @tf.function
    def doubled(x):
        return 2 * x

    tf.summary.trace_on(graph=True)
    doubled(tf.constant(1.0))
    tf.summary.trace_export("doubled", 0)


def trials(path):
    rate = hp.HParam("rate", hp.RealInterval(0.0, 1.0))
    with tf.summary.create_file_writer(str(path)).as_default():
        hp.hparams_config([rate], [hp.Metric("accuracy", display_name="Accuracy")])
    for index, value in enumerate((0.1, 0.2)):
        with tf.summary.create_file_writer(str(path / f"trial_{index}")).as_default():
            hp.hparams({rate: value, "net": "small"}, trial_id=f"trial {index}")
            tf.summary.scalar("accuracy", 1 - value, 1)


def keras(path, rng):
    tf.keras.utils.set_random_seed(0)
    layers = [tf.keras.layers.Input((2,)), tf.keras.layers.Dense(2), tf.keras.layers.Dense(1)]
    model = tf.keras.Sequential(layers)
    model.compile("sgd", "mse")
    callback = tf.keras.callbacks.TensorBoard(path, histogram_freq=1, write_graph=True)
    x, y = rng.random((8, 2)), rng.random((8, 1))
    model.fit(x, y, epochs=2, verbose=0, validation_data=(x, y), callbacks=[callback])


def main():
    rng = np.random.default_rng(0)
    with tf.summary.create_file_writer(str(OUT / "every_kind")).as_default():
        for piece in (scalars, media, shapes, about_the_model):
            piece(rng)
    trials(OUT / "trials")
    keras(OUT / "keras", rng)
    settle(OUT)


if __name__ == "__main__":
    main()
