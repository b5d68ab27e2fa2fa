"""The script that people write instead: tbparse into pandas, pyplot into PNG, PNG into HTML.

python benchmarks/user_script.py LOGDIR report.html
"""

import base64
import html
import io
import sys

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from tbparse import SummaryReader


def main(logdir, output):
    """One chart a tag, all runs in it, the raw line faint under the smoothed one."""
    scalars = SummaryReader(logdir, extra_columns={"dir_name"}).scalars
    parts = []
    for tag, rows in scalars.groupby("tag"):
        figure, axes = plt.subplots(layout="constrained")
        for run, points in rows.groupby("dir_name"):
            (line,) = axes.plot(points["step"], points["value"], alpha=0.3)
            smooth = points["value"].ewm(alpha=0.4).mean()
            axes.plot(points["step"], smooth, color=line.get_color(), label=run)
        axes.set_title(tag)
        axes.set_xlabel("step")
        axes.legend()
        stream = io.BytesIO()
        figure.savefig(stream, format="png", dpi=100)
        plt.close(figure)
        data = base64.b64encode(stream.getvalue()).decode()
        parts.append(f"<h2>{html.escape(tag)}</h2><img src='data:image/png;base64,{data}'>")
    with open(output, "w", encoding="utf-8") as file:  # noqa: PTH123  # as people write it
        file.write("<!doctype html>" + "".join(parts))


if __name__ == "__main__":
    main(*sys.argv[1:])
