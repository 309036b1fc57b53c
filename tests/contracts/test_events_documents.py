"""The committed documents of the published language are those of the classes, and say what a reader needs."""

from __future__ import annotations

import copy
import json

import jsonschema
import pytest
import yaml

from doudi.events import __main__ as command
from doudi.events import asyncapi, catalogue, schemas
from doudi.events.base import Event
from doudi.events.intake import ApplicationForwarded, DeathReported
from doudi.events.payments import PaymentPaid

EVENTS = schemas.published()


def test_the_committed_documents_are_fresh_and_no_promise_is_broken():
    assert command.run("check", command.FOLDER) == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.TYPE)
def test_each_schema_is_one_and_tells_its_key(event):
    made = json.loads((command.FOLDER / "schemas" / f"{event.TYPE}.json").read_text())
    jsonschema.Draft7Validator.check_schema(made)
    assert made["x-doudi-key"] in made["required"]
    assert made["description"]


def paid(**changes):
    return {
        "payment_id": "019706bd-3a00-7000-8000-000000000001",
        "payment_key": "DIBAO_R/1/2020-04/BASE/1",
        "subject_id": "019706bd-3a00-7000-8000-000000000002",
        "run_id": "019706bd-3a00-7000-8000-000000000003",
        "person_id": "019706bd-3a00-7000-8000-000000000004",
        "programme": "DIBAO_R",
        "month": "2020-04",
        "item": "BASE",
        "amount": "380.00",
        "attempt": 1,
        "paid_on": "2020-04-10",
        **changes,
    }


def test_what_the_class_writes_is_what_the_schema_allows():
    check = jsonschema.Draft7Validator(schemas.schema(PaymentPaid))
    check.validate(json.loads(PaymentPaid.model_validate(paid()).model_dump_json()))


@pytest.mark.parametrize("wrong", [{"amount": 380.0}, {"amount": "380.001"}, {"month": "2020-13"}, {"attempt": "1"}])
def test_the_schema_refuses_what_the_class_refuses(wrong):
    check = jsonschema.Draft7Validator(schemas.schema(PaymentPaid))
    assert not check.is_valid(paid(**wrong))


def test_sealed_fields_are_found_wherever_they_lie():
    sealed = schemas.schema(ApplicationForwarded)["x-doudi-sealed"]
    assert {"account.number", "household.members[].name", "household.members[].id_number"} <= set(sealed)
    assert schemas.schema(DeathReported)["x-doudi-sealed"] == []


def test_no_event_holds_a_personal_field_that_is_not_sealed():
    personal = {"name", "id_number", "phone", "address", "number", "payee_name", "payee_id_number"}
    for event in EVENTS:
        made = schemas.schema(event)
        sealed = {path.rpartition(".")[2] for path in made["x-doudi-sealed"]}
        for part in (made, *made.get("definitions", {}).values()):
            assert personal & set(part.get("properties", {})) <= sealed, event.TYPE


def test_the_asyncapi_document_is_whole():
    made = yaml.safe_load((command.FOLDER / "asyncapi.yaml").read_text())
    assert asyncapi.faults(made) == []
    assert len(made["components"]["messages"]) == len(EVENTS)
    for message in made["components"]["messages"].values():
        assert (command.FOLDER / message["payload"]["schema"]["$ref"]).is_file()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda d: d.pop("info"), "info is missing"),
        (lambda d: d.update(asyncapi="2.6.0"), "asyncapi is not 3.0.0"),
        (lambda d: d["info"].pop("version"), "info.version is missing"),
        (lambda d: d["channels"]["relief"].pop("address"), "channel relief: address is missing"),
        (lambda d: d["operations"]["intake-says"].update(action="publish"), "operation intake-says neither"),
        (lambda d: d["operations"]["intake-says"].pop("channel"), "operation intake-says names no channel"),
        (
            lambda d: d["operations"]["intake-says"].update(channel={"$ref": "#/channels/relief"}),
            "operation intake-says: a message is not of its channel",
        ),
        (lambda d: d["components"]["messages"].pop("PaymentPaid"), "#/components/messages/PaymentPaid leads nowhere"),
        (lambda d: d["components"]["messages"]["PaymentPaid"].pop("payload"), "message PaymentPaid has no payload"),
    ],
)
def test_a_harmed_asyncapi_document_is_noticed(harm, told):
    made = copy.deepcopy(asyncapi.document(EVENTS, {"relief": ["PaymentPaid"]}))
    assert asyncapi.faults(made) == []
    harm(made)
    assert any(fault.startswith(told) for fault in asyncapi.faults(made))


def test_the_catalogue_names_listeners_key_and_sealing():
    table = catalogue.text(EVENTS, {"relief": ["PaymentPaid"], "payments": []})
    assert "| [PaymentPaid](#paymentpaid) | payments | relief | `subject_id` |  |" in table
    assert "| [AwardGranted](#awardgranted) | eligibility | – | `award_id` | yes |" in table
    assert "| `amount` | yuan |" in table


def test_a_charter_tells_what_is_heard():
    assert catalogue.heard_by("x\n\nHears: PaymentPaid, PaymentReturned\nSays: A\n") == [
        "PaymentPaid",
        "PaymentReturned",
    ]
    assert catalogue.heard_by("x\n\nHears:\nSays: A\n") == catalogue.heard_by("") == []


def test_every_listener_listens_to_events_that_exist():
    names = {event.__name__ for event in EVENTS}
    for service, heard in catalogue.listeners().items():
        assert set(heard) <= names, service


def test_a_field_without_meaning_is_refused():
    class Unexplained(Event):
        """Not registered: it has no key."""

        what: str
        """Explained here."""
        unheard_of: str

    assert catalogue.meaning(PaymentPaid, "payment_key")
    with pytest.raises(catalogue.FieldUnexplained):
        catalogue.meaning(PaymentPaid, "unheard_of")


def test_no_meaning_is_left_over():
    names = {n for e in EVENTS for n in e.model_fields} | {f"{e.__name__}.{n}" for e in EVENTS for n in e.model_fields}
    assert set(catalogue.meanings()) <= names
