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


def wilson_interval(share: float, trials: float, z: float = 1.959964) -> tuple[float, float]:
    """The 95% interval of a share 0–1 observed in `trials`; (0, 1) where there were none. Source: Wilson 1927."""
    if trials == 0:
        return 0.0, 1.0
    spread = z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    reach = z / (1 + spread) * math.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def newcombe_interval(
    first: tuple[float, float], second: tuple[float, float], z: float = 1.959964
) -> tuple[float, float]:
    """The 95% interval of the difference first − second of two shares, each given as (share, trials).

    Source: Newcombe 1998, method 10, made of the two Wilson intervals.
    """
    (p1, n1), (p2, n2) = first, second
    low1, high1 = wilson_interval(p1, n1, z)
    low2, high2 = wilson_interval(p2, n2, z)
    difference = p1 - p2
    return (
        max(-1.0, difference - math.hypot(p1 - low1, high2 - p2)),
        min(1.0, difference + math.hypot(high1 - p1, p2 - low2)),
    )


def fisher_interval(r: float, freedom: float, z: float = 1.959964) -> tuple[float, float]:
    """The 95% interval of a correlation, by Fisher's z; (−1, 1) where `freedom` is 1 or less.

    `freedom` is n − 2, one less for every further group whose means were taken out. Approximate where a variable has
    few values, as marks do. Source: Fisher 1921.
    """
    if freedom <= 1:
        return -1.0, 1.0
    if abs(r) >= 1:
        return r, r
    middle, reach = math.atanh(r), z / math.sqrt(freedom - 1)
    return math.tanh(middle - reach), math.tanh(middle + reach)


def alpha_interval(alpha: float, parts: int, people: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95% interval of Cronbach's α (below 1) of so many `parts` (2 or more) answered by so many `people` (over 2).

    Source: Bonett 2002.
    """
    reach = z * math.sqrt(2 * parts / ((parts - 1) * (people - 2)))
    spread = math.log1p(-alpha)
    return -math.expm1(spread + reach), -math.expm1(spread - reach)
