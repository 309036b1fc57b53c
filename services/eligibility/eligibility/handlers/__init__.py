"""What eligibility does: on events, by time, and for its officers."""
