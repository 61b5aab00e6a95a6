"""An aid for billing: how many muscles were needled, for how long, and the codes that fit."""

from dataclasses import dataclass
from datetime import timedelta

from bodymap.chart.clinic_choices import BillingCode, ClinicChoices
from bodymap.chart.visit import Visit


@dataclass(frozen=True, slots=True)
class BillingAid:
    """What a bill may say; information, not advice.

    Attributes:
        muscles: How many different muscles were needled; left and right are two.
        minutes: From the first needle in to the last one out; None where no times were noted.
        codes: The clinic's codes for so many muscles.
    """

    muscles: int
    minutes: int | None
    codes: tuple[BillingCode, ...]


def billing_aid(visit: Visit, choices: ClinicChoices) -> BillingAid:
    """What a bill for this visit may say."""
    sites = list(visit.needle_sites())
    muscles = {(site.muscle, site.place.side) for site in sites if site.muscle is not None}
    starts = [site.time_in for site in sites if site.time_in is not None]
    ends = [site.time_out for site in sites if site.time_out is not None]
    minutes = None
    if starts and ends:
        minutes = max(0, round((max(ends) - min(starts)) / timedelta(minutes=1)))
    return BillingAid(len(muscles), minutes, choices.codes_for(len(muscles)))
