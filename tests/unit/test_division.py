"""Administrative divisions (domain §10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from doudi.division import Division, Level, UnknownDivision

LIWANG = Division.parse("640522101000")
HAIYUAN = Division.parse("640522000000")
ZHONGWEI = Division.parse("640500000000")
NINGXIA = Division.parse("640000000000")
VILLAGE = Division.parse("640522101201")
KNOWN = Division.known()


class Place(BaseModel):
    division: Division


@pytest.mark.parametrize(
    ("division", "level", "prefix", "name", "pinyin"),
    [
        (NINGXIA, Level.PROVINCE, "64", "宁夏回族自治区", "Ningxia Hui Autonomous Region"),
        (ZHONGWEI, Level.CITY, "6405", "中卫市", "Zhongwei"),
        (HAIYUAN, Level.COUNTY, "640522", "海原县", "Haiyuan"),
        (LIWANG, Level.TOWNSHIP, "640522101", "李旺镇", "Liwang"),
        (VILLAGE, Level.VILLAGE, "640522101201", "李旺镇201号村(居)", "Liwang, village 201"),
    ],
)
def test_level_prefix_and_names(division: Division, level: Level, prefix: str, name: str, pinyin: str) -> None:
    assert (division.level, division.prefix, division.name, division.pinyin) == (level, prefix, name, pinyin)
    assert len(division.prefix) == level


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "640522",
        "640522101",
        "6405221010001",
        "64052210100X",
        "６４０５２２１０１０００",
        " 640522101000",
        "640522101000\n",
        "000000000000",
        "640522999000",  # no such township
        "640522999201",  # no such township above the village
        "640522000201",  # a village without township
        "640523000000",  # no such county
        "650000000000",  # another province
        "640500100000",  # a township without county
        640522101000,
        None,
    ],
)
def test_what_the_table_does_not_know_is_refused(bad: object) -> None:
    with pytest.raises(UnknownDivision):
        Division.parse(bad)  # type: ignore[arg-type]
    with pytest.raises(UnknownDivision):
        Division(bad)  # type: ignore[arg-type]


def test_the_table_has_the_county_level_and_townships_of_domain_10() -> None:
    by_county = {
        name: sum(d.level is Level.TOWNSHIP and d.county.name == name for d in KNOWN)
        for name in ("沙坡头区", "中宁县", "海原县", "市辖区")
    }
    assert by_county == {"沙坡头区": 13, "中宁县": 12, "海原县": 21, "市辖区": 0}
    assert Division.parse("640502109000").name == "兴仁镇"
    assert len({d.name for d in KNOWN}) == len({d.pinyin for d in KNOWN}) == len(KNOWN)
    assert all(Division.parse(d.code) == d for d in KNOWN)


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("640522000000", "all"),
        ("640522101000", "all"),
        ("640521206000", "all"),
        ("640502109000", "some_villages"),
        ("640502109201", "some_villages"),
        ("640502100000", None),
        ("640521100000", None),
        ("640500000000", None),
    ],
)
def test_卫民发_2019_21_preamble_deep_poverty(code: str, mark: str | None) -> None:
    assert Division.parse(code).deep_poverty == mark


def test_exactly_the_named_townships_are_marked() -> None:
    marked = {d.name for d in KNOWN if d.deep_poverty and d.level is Level.TOWNSHIP and d.county != HAIYUAN}
    assert marked == {"永康镇", "常乐镇", "迎水桥镇", "兴仁镇", "香山乡", "喊叫水乡", "徐套乡", "太阳梁乡"}


def test_above_and_below() -> None:
    assert VILLAGE.township == LIWANG.township == LIWANG
    assert VILLAGE.county == LIWANG.county == HAIYUAN.county == HAIYUAN
    assert all(above.contains(VILLAGE) for above in (NINGXIA, ZHONGWEI, HAIYUAN, LIWANG, VILLAGE))
    assert not LIWANG.contains(HAIYUAN)
    assert not LIWANG.contains(Division.parse("640522103000"))
    assert not HAIYUAN.contains(Division.parse("640521100000"))
    with pytest.raises(ValueError, match="TOWNSHIP"):
        _ = HAIYUAN.township
    with pytest.raises(ValueError, match="COUNTY"):
        _ = ZHONGWEI.county


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_two_that_contain_each_other_are_one(one: Division, other: Division) -> None:
    assert (one.contains(other) and other.contains(one)) == (one == other)
    if one.contains(other):
        assert one.level <= other.level


def test_a_field_takes_and_gives_the_code() -> None:
    place = Place.model_validate_json('{"division": "640522101000"}')
    assert place == Place(division=LIWANG)
    assert place.model_dump_json() == '{"division":"640522101000"}'
    assert Place.model_json_schema()["properties"]["division"]["pattern"] == "^[0-9]{12}$"
    for bad in ("640523000000", 640522101000):
        with pytest.raises(ValidationError) as caught:
            Place.model_validate({"division": bad})
        assert [e["loc"] for e in caught.value.errors()] == [("division",)]
