"""What intake does when asked or told: load, decide, record, announce."""
