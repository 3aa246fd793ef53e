"""Fits the coefficients of FloatMath: minimax by Lawson's reweighted least squares. Needs numpy. Prints hex floats.

tanh is fitted up to 8.2 and clamped at 8.15, the last round figure up to which it never rounds to more than 1.
"""
import numpy as np


def chebyshev(a, b, n=4000):
    return a + (b - a) * (0.5 - 0.5 * np.cos(np.pi * (np.arange(n) + 0.5) / n))


def solve(columns, target, weight):
    scaled = columns * weight[:, None]
    size = np.abs(scaled).max(0)
    return np.linalg.lstsq(scaled / size, target * weight, rcond=1e-18)[0] / size


def lawson(columns, target, weight, rounds):
    """columns(c) gives the matrix for the last coefficients, error(c) is weighted; the best round wins."""
    w = np.ones(len(target))
    best = (np.inf, None)
    c = None
    for _ in range(rounds):
        matrix, goal, scale, error = columns(c)
        c = solve(matrix, goal, np.sqrt(w) * scale)
        e = np.abs(error(c))
        if e.max() < best[0]:
            best = (e.max(), c)
        w = w * (e / e.max() + 1e-3) ** 0.7
        w /= w.sum()
    return best


def polynomial(x, first, powers, target, weight):
    matrix = first[:, None] * x[:, None] ** powers
    return lawson(lambda c: (matrix, target, weight, lambda d: (matrix @ d - target) * weight), target, weight, 600)


def tanh(p_terms, q_terms, clamp):
    """tanh x = x P(x^2) / Q(x^2), Q(0) = 1, least absolute error on [0, clamp]."""
    x = chebyshev(0, clamp)
    t, z = np.tanh(x), x * x
    p_powers, q_powers = z[:, None] ** np.arange(p_terms), z[:, None] ** np.arange(1, q_terms)
    matrix = np.hstack([x[:, None] * p_powers, -t[:, None] * q_powers])

    def q(c):
        return 1 + q_powers @ c[p_terms:] if c is not None else np.ones_like(x)

    def step(c):
        return matrix, t, 1 / q(c), lambda d: x * (p_powers @ d[:p_terms]) / q(d) - t

    return lawson(step, t, np.ones_like(x), 400)


def show(name, fit):
    print(name, "largest error before rounding %.2g" % fit[0], [float(np.float32(c)).hex() for c in fit[1]])


show("tanh P0..P4 Q1..Q4", tanh(5, 5, 8.2))
r = chebyshev(-0.3475, 0.3475)
show("exp(r) = 1 + r + r^2 P(r)", polynomial(r, r * r, np.arange(5), np.expm1(r) - r, 1 / np.exp(r)))
f = chebyshev(np.sqrt(0.5) - 1, np.sqrt(2) - 1)
log = np.log1p(f)
show("log(1+f) = f - f^2/2 + f^3 P(f)", polynomial(f, f**3, np.arange(8), log - f + f * f / 2, 1 / np.abs(log)))
s = chebyshev(0, 1 / 3)
log1p = 2 * np.arctanh(s)
show("log1p(u) = 2 s + s^3 P(s^2), s = u/(2+u)", polynomial(s, s**3, 2 * np.arange(4), log1p - 2 * s, 1 / log1p))
