"""Oversight's database: what was heard (`heard`, `money`, `procedure`), and what is asked (`flags`)."""
