"""The command as a module: `python -m reportgen`."""

import sys

from reportgen.command.main import main

if __name__ == "__main__":
    sys.exit(main())
