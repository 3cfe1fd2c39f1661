"""Statistics of small samples: tail probabilities and intervals."""

import math


def binomial_tail(successes: int, trials: int, chance: float) -> float:
    """The probability of `successes` or more in `trials` when each succeeds with probability `chance`, 0 < chance < 1.

    Summed from the exact terms, each by logarithms, so that thousands of trials neither overflow nor vanish.
    """
    if successes <= 0:
        return 1.0
    return min(1.0, math.fsum(_binomial_term(k, trials, chance) for k in range(successes, trials + 1)))


def _binomial_term(k: int, n: int, p: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * math.log(p) + (n - k) * math.log1p(-p))


def chi_square_tail(statistic: float, freedom: int) -> float:
    """The probability of a χ² of `statistic` or more with `freedom` (1 or more) degrees of freedom.

    The finite sums for whole degrees of freedom: Abramowitz & Stegun 1964, 26.4.4 and 26.4.5.
    """
    half = statistic / 2
    if half <= 0 or half == math.inf:
        return 1.0 if half <= 0 else 0.0
    if freedom % 2 == 0:
        terms = (math.exp(r * math.log(half) - math.lgamma(r + 1) - half) for r in range(freedom // 2))
        return min(1.0, math.fsum(terms))
    terms = (
        math.exp((r - 0.5) * math.log(half) - math.lgamma(r + 0.5) - half) for r in range(1, (freedom - 1) // 2 + 1)
    )
    return min(1.0, math.erfc(math.sqrt(half)) + math.fsum(terms))


def wilson_interval(share: float, trials: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95% interval of a share 0–1 observed in `trials`; (0, 1) where there were none. Source: Wilson 1927."""
    if trials == 0:
        return 0.0, 1.0
    spread = z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    reach = z / (1 + spread) * math.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return max(0.0, middle - reach), min(1.0, middle + reach)
