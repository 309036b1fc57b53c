"""HTTP in, a handler, HTTP out."""
