"""Whether a small integer program has a solution once most of its variables are fixed: by trying, without a solver."""

from __future__ import annotations

from itertools import product

from roster.engine.integer_program import Program, Row


def settled(program: Program, fixed: dict[int, int]) -> bool:
    """
    Whether some values of the other variables satisfy every row.

    What a sum says about its last open variable is followed first; what is left open is tried, part by part.
    """
    known = dict(fixed)
    rows: list[Row] | None = list(program.rows)
    while True:
        rows = _left(rows, known)
        if rows is None:
            return False
        alone = [row for row in rows if len(row.terms) == 1 and row.lower == row.upper]
        if not alone:
            break
        for row in alone:
            (variable, factor), value = row.terms[0], row.lower or 0
            if value % factor or known.get(variable, value // factor) != value // factor:
                return False
            known[variable] = value // factor
    if any(not program.lower[v] <= value <= program.upper[v] for v, value in known.items()):
        return False
    return all(_any_way(program, part) for part in _parts(rows))


def _left(rows: list[Row], known: dict[int, int]) -> list[Row] | None:
    """Return the rows with known variables put in; None where one cannot be kept."""
    left = []
    for row in rows:
        rest = sum(factor * known[v] for v, factor in row.terms if v in known)
        terms = [(v, factor) for v, factor in row.terms if v not in known]
        lower = None if row.lower is None else row.lower - rest
        upper = None if row.upper is None else row.upper - rest
        if terms:
            left.append(Row(terms, lower, upper, row.why))
        elif (lower is not None and lower > 0) or (upper is not None and upper < 0):
            return None
    return left


def _parts(rows: list[Row]) -> list[list[Row]]:
    """Return the rows in groups that share no variable."""
    found, rows = [], list(rows)
    while rows:
        together, names = [rows.pop()], set[int]()
        while True:
            names |= {v for row in together for v, _ in row.terms}
            more = [row for row in rows if any(v in names for v, _ in row.terms)]
            if not more:
                break
            together += more
            rows = [row for row in rows if row not in more]
        found.append(together)
    return found


def _any_way(program: Program, rows: list[Row]) -> bool:
    names = sorted({v for row in rows for v, _ in row.terms})
    for values in product(*(range(program.lower[v], program.upper[v] + 1) for v in names)):
        value = dict(zip(names, values, strict=True))
        sums = [(sum(value[v] * factor for v, factor in row.terms), row) for row in rows]
        if all(
            (row.lower is None or row.lower <= total) and (row.upper is None or total <= row.upper)
            for total, row in sums
        ):
            return True
    return False
