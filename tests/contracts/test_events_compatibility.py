"""The gate on the published language: each way to break a promise is tried, and the one way to extend it."""

from __future__ import annotations

import copy
import json

import pytest

from doudi.events import __main__ as command
from doudi.events import schemas
from doudi.events.compatibility import breaks
from doudi.events.eligibility import AwardGranted

OLD = schemas.schema(AwardGranted)


def changed(change):
    new = copy.deepcopy(OLD)
    change(new)
    return breaks(OLD, new)


def add_optional(new):
    new["properties"]["remark"] = {"type": "string"}


def add_required(new):
    add_optional(new)
    new["required"].append("remark")


def widen_class(new):
    new["properties"]["assistance_class"]["enum"].append("D")


def drop_in_part(new):
    del new["definitions"]["Account"]["properties"]["bank_code"]


def retype_in_part(new):
    new["definitions"]["AwardLine"]["properties"]["amount"] = {"type": "number"}


def retype_items(new):
    new["properties"]["insured"]["items"] = {"type": "integer"}


def loosen(new):
    new["required"].remove("division")


def make_nullable(new):
    new["properties"]["reason"] = new["properties"]["division"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def other_key(new):
    new["x-doudi-key"] = "application_id"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda new: new["properties"].pop("starts"), "starts: dropped"),
        (add_required, "remark: newly required"),
        (lambda new: new["properties"].update(starts={"type": "integer"}), "starts: retyped"),
        (lambda new: new["properties"]["starts"].update(pattern=".*"), "starts: retyped"),
        (lambda new: new["properties"]["award_id"].pop("format"), "award_id: retyped"),
        (widen_class, "assistance_class: retyped"),
        (drop_in_part, "account.bank_code: dropped"),
        (retype_in_part, "lines[].amount: retyped"),
        (retype_items, "insured[]: retyped"),
        (loosen, "division: no longer certain"),
        (make_nullable, "division: retyped"),
        (other_key, "the event: retyped"),
    ],
)
def test_a_broken_promise_is_told_by_its_field(change, where):
    assert any(told.startswith(where) for told in changed(change))


def test_a_field_that_was_optional_does_not_become_required():
    with_option = copy.deepcopy(OLD)
    add_optional(with_option)
    new = copy.deepcopy(OLD)
    add_required(new)
    assert breaks(with_option, new) == ["remark: newly required"]


@pytest.mark.parametrize(
    "change",
    [
        lambda new: None,
        add_optional,
        lambda new: new["properties"]["starts"].update(description="said better", examples=["2021-01"]),
        lambda new: new.update(description="said better"),
        lambda new: new["properties"]["assistance_class"]["enum"].reverse(),
    ],
)
def test_what_keeps_the_promise_passes(change):
    assert changed(change) == []


def test_the_command_refuses_a_broken_promise_and_writes_nothing_over_it(tmp_path, capsys):
    assert command.main(["write", "--folder", str(tmp_path)]) == 0
    assert command.main(["check", "--folder", str(tmp_path)]) == 0
    file = tmp_path / "schemas" / f"{AwardGranted.TYPE}.json"
    promised = json.loads(file.read_text())
    promised["properties"]["remark"] = {"type": "string"}
    file.write_text(schemas.text(promised))
    gone = tmp_path / "schemas" / "doudi.intake.application-forgotten.v1.json"
    gone.write_text("{}")
    assert command.main(["check", "--folder", str(tmp_path)]) == 1
    assert command.main(["write", "--folder", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert f"{AwardGranted.TYPE}: remark: dropped" in told
    assert "doudi.intake.application-forgotten.v1: the type is gone" in told
    assert "remark" in file.read_text()


def test_the_command_tells_what_is_stale_and_mends_it(tmp_path, capsys):
    command.main(["write", "--folder", str(tmp_path)])
    (tmp_path / "README.md").write_text("old")
    (tmp_path / "schemas" / f"{AwardGranted.TYPE}.json").unlink()
    assert command.main(["check", "--folder", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "README.md is stale" in told
    assert f"schemas/{AwardGranted.TYPE}.json is stale" in told
    assert command.main(["write", "--folder", str(tmp_path)]) == 0
    assert command.main(["check", "--folder", str(tmp_path)]) == 0


def test_the_command_says_what_it_takes(capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["burn"])
    assert ended.value.code == 2
    assert "check" in capsys.readouterr().err
