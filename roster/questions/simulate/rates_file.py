"""A file of rates read and checked: every fault at once, each with its line and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from roster.errors import Faults
from roster.questions.simulate.rates import SPELLS, Lengths, Rates
from roster.scenario.schema.rule_limits import Model
from roster.scenario.validation.fit import placed, validated
from roster.yaml import tree as source


def _percent(value: Any) -> Any:
    """Take `15%` as 15."""
    text = value.strip() if isinstance(value, str) else ""
    if text.endswith("%"):
        try:
            return float(text[:-1])
        except ValueError:
            return value
    return value


Percent = Annotated[float, BeforeValidator(_percent), Field(ge=0, le=100)]


class Spell(Model):
    """A kind of spell of sickness: of a hundred spells so many last from `shortest` to `longest` days."""

    share: Percent = Field(description="Percent of all spells.")
    shortest: int = Field(ge=1, le=365, description="Days of the shortest.")
    longest: int = Field(ge=1, le=365, description="Days of the longest.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.longest < self.shortest:
            raise ValueError(f"longest ({self.longest}) is less than shortest ({self.shortest})")
        return self


class Sickness(Model):
    """How often people fall sick and for how long."""

    spells_a_year: float | None = Field(None, ge=0, le=100, description="Spells of one person.")
    spells: list[Spell] = Field(default_factory=list, description="Kinds of spells.")


class Leave(Model):
    """Annual leave."""

    days_a_year: float | None = Field(None, ge=0, le=250, description="Working days.")
    block_days: int = Field(5, ge=1, le=60, description="Working days taken at once.")


class Training(Model):
    """Days of training."""

    days_a_year: float | None = Field(None, ge=0, le=250, description="Working days.")


class Resignation(Model):
    """How often people resign, and how long their place stays empty."""

    in_house: Percent = Field(Rates().resign_in_house, description="Percent a year.")
    vendor: Percent = Field(Rates().resign_vendor, description="Percent a year.")
    notice_days: int = Field(Rates().notice_days, ge=0, le=730, description="From the word to the last day.")
    hire_days: int = Field(Rates().hire_days, ge=0, le=730, description="From the word to somebody new.")
    ramp_days: int = Field(Rates().ramp_days, ge=0, le=730, description="Until that one works alone.")


class RatesFile(Model):
    """A file of rates: every key may be left out."""

    sickness: Sickness = Field(default_factory=lambda: Sickness.model_validate({}))
    leave: Leave = Field(default_factory=lambda: Leave.model_validate({}))
    training: Training = Field(default_factory=lambda: Training.model_validate({}))
    resignation: Resignation = Field(default_factory=lambda: Resignation.model_validate({}))


def read_rates(path: Path) -> Rates:
    """Read a file of rates; raises FileFault or Faults."""
    root = source.read(path)
    says, findings = validated(root, RatesFile, {})
    if findings or says is None:
        raise Faults(*placed(root, str(path), findings))
    spells = tuple(Lengths(one.share, one.shortest, one.longest) for one in says.sickness.spells)
    return Rates(
        says.sickness.spells_a_year,
        spells or SPELLS,
        says.leave.days_a_year,
        says.leave.block_days,
        says.training.days_a_year,
        says.resignation.in_house,
        says.resignation.vendor,
        says.resignation.notice_days,
        says.resignation.hire_days,
        says.resignation.ramp_days,
    )
