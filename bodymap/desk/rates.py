"""How sure one can be of a rate that rests on a few counted events."""

from math import sqrt

_Z = 1.959964
"""The quantile of the normal distribution that leaves 2.5 % above it."""

METHOD = "95 % confidence interval, Poisson, Byar's approximation (Breslow and Day 1987)"


def poisson_limits(count: int) -> tuple[float, float]:
    """The 95 % confidence limits of the mean of a Poisson count.

    Byar's approximation to the exact limits, good to a few hundredths even for few events:
    N. E. Breslow, N. E. Day, Statistical Methods in Cancer Research II (1987), p. 69.

    Args:
        count: How many events were seen.

    Raises:
        ValueError: There are fewer than none.
    """
    if count < 0:
        raise ValueError("events are counted from 0")
    return (_limit(count, -_Z) if count else 0.0), _limit(count + 1, _Z)


def _limit(count: int, z: float) -> float:
    return count * (1 - 1 / (9 * count) + z / (3 * sqrt(count))) ** 3
