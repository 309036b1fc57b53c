"""What relief does when asked, when it hears something, and when time makes it due."""
