"""Confidence limits of counted events, beside the exact ones."""

import pytest
from scipy.stats import chi2

from bodymap.desk.rates import poisson_limits


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 10, 50, 1000])
def test_the_limits_are_close_to_the_exact_ones(count):
    low, high = poisson_limits(count)
    exact_low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    exact_high = chi2.ppf(0.975, 2 * count + 2) / 2
    assert low == pytest.approx(exact_low, abs=0.03)
    assert high == pytest.approx(exact_high, abs=0.03)
    assert low <= count <= high


def test_fewer_events_than_none_are_refused():
    with pytest.raises(ValueError, match="counted from 0"):
        poisson_limits(-1)
