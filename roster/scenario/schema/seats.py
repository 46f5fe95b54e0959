"""Seats that vendors fill for a price, as the scenario says them."""

from __future__ import annotations

from pydantic import Field

from roster.scenario.schema.people import Title
from roster.scenario.schema.rule_limits import Model, as_written
from roster.scenario.schema.types import Money, NeededDays, Window


class VendorSeat(Model):
    """A seat a vendor fills for a price, without names: one place of a post."""

    title: Title = Field("", description="Name for people.")
    post: str = Field(
        description="The post of which it fills one place, on dates with another number (`on`) too; it must allow "
        "vendors."
    )
    cost: Money | None = Field(None, description="Price per month. Write this or `cost_per_hour`.")
    cost_per_hour: Money | None = Field(None, description="Price per hour of the window.")
    count: int = Field(1, ge=0, le=100_000, description="How many such seats are on offer; 0 for none.")
    window: Window | None = Field(
        None, description="Part of the post's window that it fills; by default all."
    )
    days: NeededDays = as_written("daily", "Days on which it is filled, out of the post's.")
    employer: str | None = Field(None, description="The vendor.")
