"""What care-institutions does when asked, when it hears something, and when a new day begins."""
