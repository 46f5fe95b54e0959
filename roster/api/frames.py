"""Tables as DataFrames, from the same rows that the CSV files have; and a DataFrame as the file it could be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roster.errors import Faults, FileFault
from roster.output.csv.cells import sheet

if TYPE_CHECKING:
    import pandas as pd

FRAME = "DataFrame"
"""What faults call a roster that came in one."""


def frame(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: Iterable[str] = (),
    dates: Iterable[str] = (),
    moments: Iterable[str] = (),
    zone: str = "UTC",
) -> pd.DataFrame:
    """
    Return rows as a DataFrame.

    Parameters
    ----------
    columns
        The names of the columns, as in the CSV file.
    rows
        Their cells.
    numbers, dates, moments
        Columns that hold figures, days, and moments with their offset from UTC; an empty cell becomes missing.
    zone
        Time zone on whose clock moments are shown.
    """
    import pandas as pd

    made = pd.DataFrame([list(row) for row in rows], columns=list(columns), dtype=object)
    for column in numbers:
        made[column] = pd.to_numeric(made[column].replace("", None), errors="coerce")
    for column in dates:
        made[column] = pd.to_datetime(made[column].replace("", None))
    for column in moments:
        made[column] = pd.to_datetime(made[column].replace("", None), utc=True).dt.tz_convert(zone)
    named = {*numbers, *dates, *moments}
    for column in columns:
        if column not in named:
            made[column] = made[column].infer_objects()
    return made


@contextmanager
def as_file(table: pd.DataFrame) -> Iterator[Path]:
    """
    Yield a DataFrame written as the CSV file it could be; faults name it instead of the file.

    An index with a name, and one that is no plain numbering, is a column. Raises Faults or FileFault.
    """
    import pandas as pd

    numbered = isinstance(table.index, pd.RangeIndex) and table.index.name is None
    plain = table if numbered else table.reset_index()
    columns = [_text(column) for column in plain.columns]
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        path = Path(folder) / f"{FRAME}.csv"
        rows = (tuple(map(_text, row)) for row in plain.itertuples(index=False, name=None))
        path.write_text(sheet(columns, rows), encoding="utf-8", newline="")
        try:
            yield path
        except Faults as error:
            raise Faults(FRAME, list(error.faults)) from None
        except FileFault as error:
            raise FileFault(str(error).replace(str(path), FRAME)) from None


def _text(value: object) -> str:
    """Return a cell as a file has it: dates without a time of day, moments with their offset."""
    import pandas as pd

    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, pd.Timestamp):
        midnight = value.tz is None and value == value.normalize()
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
