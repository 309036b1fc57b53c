"""Speed, measured beside its raw limit in the same run on the same servers. `make bench`; never a timed test."""
