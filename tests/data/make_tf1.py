"""Write tf1/: logs of a TensorFlow 1 program (with tf.compat.v1) that was restarted once."""

from pathlib import Path

import numpy as np
import tensorflow.compat.v1 as tf
from writing import fresh, settle

OUT = fresh(Path(__file__).with_name("tf1"))


def graph():
    loss = tf.placeholder(tf.float32, (), "loss")
    weights = tf.placeholder(tf.float32, (None,), "weights")
    tf.summary.scalar("loss", loss)
    tf.summary.histogram("weights", weights)
    tf.summary.image("picture", tf.zeros((1, 4, 6, 3)))
    tf.summary.audio("tone", tf.zeros((1, 80)), 8000)
    tf.summary.text("note", tf.constant("**bold**"))
    tf.summary.tensor_summary("tensor", tf.ones((2, 3)))
    return loss, weights, tf.summary.merge_all()


def main():
    tf.disable_eager_execution()
    rng = np.random.default_rng(0)
    loss, weights, merged = graph()
    with tf.Session() as session:
        for first in (0, 3):
            writer = tf.summary.FileWriter(str(OUT), session.graph)
            if first:
                writer.add_session_log(tf.SessionLog(status=tf.SessionLog.START), first)
            for step in range(first, first + 5):
                feed = {loss: 1 / (step + 1), weights: rng.normal(size=20)}
                writer.add_summary(session.run(merged, feed), step)
            writer.close()
            settle(OUT)


if __name__ == "__main__":
    main()
