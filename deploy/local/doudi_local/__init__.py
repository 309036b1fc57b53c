"""The one-machine start of doudi: embedded PostgreSQL and Kafka, supervisor, simulators, demonstration county."""
