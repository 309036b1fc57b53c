"""What payments does: hears awards, opens runs, talks with the bank, follows each line to its end."""
