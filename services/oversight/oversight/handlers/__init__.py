"""What oversight does when it hears something, when time passes, and when an inspector acts."""
