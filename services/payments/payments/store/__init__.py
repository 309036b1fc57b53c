"""Payments in the database: awards and payees, runs, lines, results, reports. Lines are worked on in sets."""
