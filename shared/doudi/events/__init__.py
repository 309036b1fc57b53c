"""The published language: one module per publisher. Import an event from its publisher's module."""
