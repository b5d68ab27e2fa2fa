"""Messages for chat services, each in the service's own JSON and within its limits."""
