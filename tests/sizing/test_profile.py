"""Profiles: what they may say, and every fault at once with its line and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.errors import FileFault
from roster.language import LANGUAGES, speaking
from roster.sizing import load_profile, reference
from roster.sizing.drivers import FILE, ORIGINS, drivers, tree
from roster.sizing.reference_pages import SECTIONS
from roster.sizing.schema import MODULES, SKILLS
from tests.sizing.helpers import GOOD, NAMES, PROFILES, changed, faults, profiled

CRITICAL = GOOD.replace("continuity: basic", "continuity: critical")
QUEUE = "answering:\n  desk: {per_hour: 6, handling: 5min, answered: 90%, within: 5min}\n"

BAD = [
    # --- missing and misspelt
    (changed("response: {p1: 15min, p2: 30min}\n", ""), "response", "such as `{p1: 15min, p2: 30min}`"),
    (changed("p1: 15min, ", ""), "response.p1", "such as `{p1: 15min, p2: 30min}`"),
    (changed("tier: county", "tier: vilage"), "tier", "not one of"),
    (changed("modules: [his, emr, insurance]", "modules: [hiss]"), "modules", "did you mean 'his'"),
    (changed("interfaces: 5", "interfacs: 5"), "interfacs", "did you mean 'interfaces'"),
    (GOOD + "drivers: {his_ops_hour: 4}\n", "drivers.his_ops_hour", "did you mean 'his_ops_hours'"),
    (GOOD + "regime: cn_public\n", "regime", "did you mean 'cn_public_institution'"),
    (GOOD + "people: {李娜: ops_dutty}\n", "people.李娜", "did you mean 'ops_duty'"),
    # --- demands that contradict each other
    (GOOD + "posts: {ai: 2}\n", "posts.ai", "module 'ai' is not in use"),
    (GOOD + "posts: {av: 1}\n", "posts.av", "module 'telemedicine' is not in use"),
    (GOOD + "posts: {monitor: 5}\n", "posts.monitor", "continuity: critical"),
    (GOOD + "core: [his, pacs]\n", "core", "'pacs' is called core"),
    (
        changed(
            "protection: 2", "protection: 3\nhire: {all: [ops, application, network, interface, security]}"
        ),
        "hire.all",
        "no other role",
    ),
    (GOOD + "outsourcing: {seats: 1}\n", "outsourcing.seats", "may hold 0 at most"),
    (CRITICAL + "outsourcing: {seats: 2}\n", "outsourcing.seats", "may hold 1 at most"),
    (GOOD + "emergency: {visits: 90, around_the_clock: true}\n", "continuity", "`standard` or `critical`"),
    (GOOD + "hire: {one: [ops, network]}\n", "hire", "nobody can be hired for"),
    (GOOD + "hire: {seat: [ops, network]}\n", "hire.seat", "choose another"),
    (changed("p2: 30min", "p2: 10min"), "response.p2", "P2 is to be answered faster than P1"),
    (changed("p1: 15min", "p1: 5min"), "response.p1", "faster than standby from home"),
    # --- rates and targets
    (GOOD + QUEUE.replace("6,", "0,"), "answering.desk.per_hour", "nothing to answer"),
    (GOOD + QUEUE.replace("6,", "-3,"), "answering.desk.per_hour", "nothing to answer"),
    (GOOD + QUEUE.replace("6,", "9000000,"), "answering.desk.per_hour", "keeps 750,000 people busy"),
    (GOOD + QUEUE.replace("90%", "100%"), "answering.desk.answered", "no finite desk"),
    (GOOD + QUEUE.replace("90%", "0%"), "answering.desk.answered", "asks for nothing"),
    (GOOD + QUEUE.replace("5min, a", "0min, a"), "answering.desk.handling", "takes no time"),
    (
        GOOD + QUEUE.replace("within: 5min", "within: 5min, patience: 0min"),
        "answering.desk.patience",
        "give up at once",
    ),
    (GOOD + QUEUE.replace("desk", "alerts"), "answering.alerts", "wants somebody awake"),
    # --- drivers out of their range
    (GOOD + "drivers: {desk_hours: 12}\n", "drivers.desk_hours", "between 1 and 8"),
    (GOOD + "drivers: {campus_share: 1.5}\n", "drivers.campus_share", "between 0 and 1"),
    (GOOD + "drivers: {his_ops_hours: -1}\n", "drivers.his_ops_hours", "between 0 and"),
    (GOOD + "drivers: {cost_ops_county: 8500.5}\n", "drivers.cost_ops_county", "whole amount"),
    (GOOD + "drivers: {sick_hours: 40.5}\n", "drivers.sick_hours", "whole number of hours"),
    (GOOD + "drivers: {training_hours: 900}\n", "drivers.training_hours", "between 0 and 500"),
    (GOOD + "drivers: {standby_share_lean: 0.333}\n", "drivers.standby_share_lean", "whole percentage"),
    (GOOD + "hire: {a: {skills: [ops], most: 1}}\npeople: {x: a, y: a}\n", "people", "more than the 1"),
]


@pytest.mark.parametrize(
    ("text", "key", "says"), BAD, ids=[f"{key}-{at}" for at, (_, key, _) in enumerate(BAD)]
)
def test_a_fault_names_its_key_its_line_and_the_way_out(
    tmp_path: Path, text: str, key: str, says: str
) -> None:
    with speaking("en"):
        found = faults(tmp_path, text)
    matching = [line for line, at, message in found if at.startswith(key) and says in message]
    assert matching, found
    last = key.rpartition(".")[2]
    lines = text.splitlines()
    if key not in ("response", "hire") and matching[0] is not None:
        assert any(part in lines[matching[0] - 1] for part in (last, key.split(".")[0]))


def test_the_unbroken_profile_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    "more",
    [
        QUEUE,
        QUEUE.replace("within: 5min", "within: 0min"),
        QUEUE.replace("90%", "99%"),
        "drivers: {desk_hours: 6, his_ops_hours: 0, cost_ops_county: 9000}\n",
        "posts: {interface: 5}\n",
        "people: {李娜: ops_duty}\n",
        "campuses: 3\noutsourcing: {seats: 2}\n",
    ],
)
def test_the_value_beside_a_fault_is_none(tmp_path: Path, more: str) -> None:
    assert faults(tmp_path, GOOD + more) == []


def test_all_faults_come_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = (
        GOOD.replace("beds: 300", "beds: none")
        .replace("p1: 15min", "p1: 5min")
        .replace("protection: 2", "protection: 9")
    )
    found = faults(tmp_path, text + "posts: {ai: 2}\ndrivers: {nonsense: 1}\n")
    assert [key for _, key, _ in found] == [
        "beds",
        "response.p1",
        "protection",
        "posts.ai",
        "drivers.nonsense",
    ]
    lines = [line for line, _, _ in found if line is not None]
    assert lines == sorted(lines)
    assert len(lines) == 5


@pytest.mark.parametrize("text", ["", "5", "- 1", "name: [", "name: {a: b}\n"])
def test_other_shapes_are_faults_and_never_a_crash(tmp_path: Path, text: str) -> None:
    try:
        assert faults(tmp_path, text)
    except FileFault:
        assert text == ""


@pytest.mark.parametrize("content", ["5", "[]", "{}", "null", "text", "[5]", "{5: 5}"])
@pytest.mark.parametrize(
    "key", ["modules", "response", "hire", "people", "posts", "answering", "drivers", "core"]
)
def test_a_section_of_another_shape_is_a_fault_or_empty(tmp_path: Path, key: str, content: str) -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"{key}:")]
    found = faults(tmp_path, "\n".join([*lines, f"{key}: {content}", ""]))
    assert found or content in ("{}", "[]", "null")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_loads_under_its_own_name(name: str, language: str) -> None:
    with speaking(language):
        assert load_profile(PROFILES / f"{name}.yaml").says.name == name


def test_every_profile_shipped_is_tested() -> None:
    assert {path.stem for path in PROFILES.glob("*.yaml")} == set(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_driver_has_value_unit_words_and_a_source_or_is_called_an_assumption(language: str) -> None:
    with speaking(language):
        known = drivers()
    entries = tree().value
    assert isinstance(entries, dict)
    assert set(known) == set(entries)
    for key, each in known.items():
        assert each.value >= 0
        assert each.unit
        assert each.about
        assert each.origin in ORIGINS
        assert bool(each.source) is (each.origin != "assumption"), key


def test_driver_lines_are_those_of_the_file() -> None:
    import roster.sizing

    lines = (Path(roster.sizing.__file__).with_name(FILE)).read_text(encoding="utf-8").splitlines()
    assert all(lines[each.line - 1].startswith(f"{each.key}:") for each in drivers().values())


def test_every_module_and_skill_has_drivers() -> None:
    keys = set(drivers())
    for module in MODULES:
        assert any(key.startswith(f"{module}_") and key.endswith("_hours") for key in keys), module
    for skill in SKILLS:
        assert {f"cost_{skill}_{tier}" for tier in ("county", "secondary", "tertiary", "group")} <= keys
        assert f"ramp_months_{skill}" in keys


def test_an_override_takes_the_place_of_a_driver_and_names_its_line(tmp_path: Path) -> None:
    profile = profiled(tmp_path, GOOD + "drivers:\n  his_ops_hours: 31\n")
    figure = profile.driver("his_ops_hours")
    assert figure.value == 31
    assert figure.where.endswith(f"clinic.yaml:{len(GOOD.splitlines()) + 2}")
    assert profile.driver("emr_ops_hours").where.startswith(FILE)


def test_the_committed_reference_is_that_of_the_schema_and_the_drivers() -> None:
    page = Path(__file__).parents[2] / "docs" / "profile.md"
    assert page.read_text(encoding="utf-8") == reference()


def test_every_key_is_described_and_every_driver_listed() -> None:
    page = reference()
    assert all(f"| `{key}` |" in page for key in drivers())
    for _, model in SECTIONS:
        assert model.__doc__
        assert all(field.description for field in model.model_fields.values()), model
