"""The command as a program: `reportgen`, or `python -m reportgen`."""

import sys


def main() -> int:
    """Run the command and return its exit status; Ctrl-C is quiet while modules load, too."""
    try:
        from reportgen.command.main import main as run  # noqa: PLC0415  # it takes a while

        return run()
    except KeyboardInterrupt:
        sys.stderr.write("reportgen: interrupted; nothing was written\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
