"""The REST API of eligibility."""
