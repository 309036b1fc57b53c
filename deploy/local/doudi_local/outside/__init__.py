"""Simulators of what lies outside: the agent bank, the other departments, and the demonstration's clock.

One process, three parts: `/bank`, `/departments`, `/clock`, each with its own `/openapi.json`. Loopback only.
They keep what they were told on disk before they answer, so that killing them loses nothing.
"""
