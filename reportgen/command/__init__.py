"""The command: words, environment and configuration file to one call, messages and a status."""
