"""HTTP in, the same handlers as for events, HTTP out."""
