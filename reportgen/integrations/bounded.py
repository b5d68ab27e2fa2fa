"""The command with a deadline of its own, which holds also where its training is gone.

`python -m reportgen.integrations.bounded SECONDS WORDS...`
"""

from __future__ import annotations

import math
import signal
import sys

if __name__ == "__main__":
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(float(sys.argv[1])))  # ends the process, see signal(7)
    from reportgen.command.main import main

    sys.exit(main(sys.argv[2:]))
