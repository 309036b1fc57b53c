"""The REST API of oversight: HTTP in, a handler, HTTP out."""
