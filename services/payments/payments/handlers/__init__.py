"""What payments does: hears what is owed, runs lists, talks with the bank."""
