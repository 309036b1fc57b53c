"""The bank file is a pain.001.001.09: held to ISO 20022's own schema, with names that would break a careless writer."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tests.services.payments_county import County, account, award

from doudi.testing import running
from payments.app import SERVICE

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("fixtures") / "pain.001.001.09.xsd"))


@pytest.mark.parametrize("name", ["马晓云", "=马&<云>\x07", "阿依古丽·买买提"])
async def test_the_file_is_what_iso_20022_demands(servers, name):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(award("320.00", "80.50", pay_to=account(name=name)))
        file = etree.fromstring(await county.file(await county.confirmed()))
        SCHEMA.assertValid(file)


async def test_the_schema_refuses_a_bad_example(servers):
    """A check that cannot fail is worse than none (house.md 24)."""
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(award("320.00"))
        file = etree.fromstring(await county.file(await county.confirmed()))
        [end_to_end] = file.findall(".//{*}EndToEndId")
        end_to_end.text = "a UUID with its dashes is one sign too long"
        assert not SCHEMA.validate(file)
