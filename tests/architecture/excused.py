"""The exceptions to the rules of the house, each with its reason. One that is no longer needed fails the build."""

from __future__ import annotations

TOO_LONG: dict[str, str] = {}
COMMITS = {
    "shared/doudi/transaction.py:Transaction._commit": "the one place that ends a transaction",
    "shared/doudi/service/route.py:_within": "ends the unit of a request, whose transaction is transaction.py's",
    "shared/doudi/consumer.py:Consumer._take": "commits offsets to Kafka, after the effects are in the database",
    "shared/doudi/migrate.py:_upgrade_once": "a migration is its own transaction",
    "shared/doudi/migrate.py:_upgrade": "a migration is its own transaction",
}
MOCKS = {
    "tests/local/test_kafka.py:test_a_jar_with_other_bytes_is_not_used": "the network is the edge",
    "tests/local/test_launcher.py:test_a_full_disk_is_one_sentence": "the disk is the edge; no test may fill it",
    "tests/local/test_postgres.py:test_below_a_private_home_data_and_binaries_go_where_the_dropped_user_reaches": (
        "the machine's own PostgreSQL and its folders are the edge, and cannot be another machine's"
    ),
}
FLOATS = {"shared/doudi/dated.py:_inexact": "names the type in order to refuse it"}
NUMBERS = {"services/oversight/oversight/rules/flag.py": "Saturday is the fifth day of a week that begins with 0"}
UNCITED: dict[str, str] = {}
SLEEPS: dict[str, str] = {}
DOMAIN_WORDS = {
    "shared/doudi/division.py": "the list of deep-poverty divisions is a fact of the divisions (domain §10)"
}
ENVIRONMENT = {
    "shared/doudi/service/__main__.py:main": "where the process listens is read before any service is known",
    "shared/doudi/cli.py:data_folder": "the operator's command is not a service; it finds the installation",
    "shared/doudi/operate.py:settings_of": "the operator's command lends a service its environment",
}
ASSIGNED_STATES: dict[str, str] = {}
SAME_CLAUSE = {
    "卫民发〔2019〕21号 二(三)8「严格按照工作人员与失能、半失能和完全自理特困人员1:3、1:6和1:10的标准配备工作力量」": (
        "one sentence, four steps of one sum: the shares, their exact sum, the staff it asks for, whether they suffice"
    ),
    "社会救助法 73「骗取社会救助的，责令退回非法获取的救助资金」": "what comes back, and whether anybody decided on it",
    "卫民发〔2019〕21号 二(二)6「事后按规定补齐手续」": "the day on which papers are due, and whether that day is over",
}
OUTSIDE_THE_COUNT = {
    "cli": "the operator's command, which no service imports",
    "operate": "what the operator's command does, which no service imports",
    "testing": "the harness of tests, which no service imports",
}
"""Modules of doudi that do not count into the twenty."""
UNTESTED_RULES: dict[str, str] = {}
