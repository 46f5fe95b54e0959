"""
Who can go on leave, and when? Everybody's week off, from each Monday, answered by proof and drawn.

    python docs/examples/leave_of_each.py scenarios/county_hospital.yaml leave.svg
"""

import sys

import matplotlib as mpl
import pandas as pd

import roster

mpl.use("agg")  # draws into files, without a screen
import matplotlib.pyplot as plt

scenario_file, picture = sys.argv[1:]
answer = roster.read(scenario_file).plan(time_limit=60)
print(repr(answer))

# One question for each person and Monday: how many shifts have to change, and is that provably the fewest?
published = answer.roster
days = pd.DatetimeIndex(published.grid.columns[1:])
rows = []
for person in published.people:
    for monday in days[days.day_name() == "Monday"]:
        change = published.leave(person, monday, monday + pd.Timedelta(days=6))
        changed = change.changed if change.covered else None
        rows.append((person, monday.date(), changed, change.proven))
table = pd.DataFrame(rows, columns=["person", "monday", "changes", "proven"])

changes = table.pivot(index="person", columns="monday", values="changes").astype(float)
print(changes.fillna(-1).astype(int).replace(-1, "no cover").to_string())
print(
    f"{table.proven.mean():.0%} of {len(table)} answers are proven; {table.changes.isna().sum()} cannot be covered"
)

figure, axes = plt.subplots(
    figsize=(1.5 + 1.1 * changes.shape[1], 1 + 0.45 * changes.shape[0]), layout="constrained"
)
image = axes.imshow(changes, cmap="YlOrRd", vmin=0, aspect="auto")
axes.set_xticks(range(changes.shape[1]), [f"{day:%d %b}" for day in changes.columns])
axes.set_yticks(range(changes.shape[0]), changes.index)
axes.set_title("Shifts that change when somebody is away for the week from")
for row in range(changes.shape[0]):
    for column in range(changes.shape[1]):
        value = changes.iloc[row, column]
        axes.text(column, row, "no cover" if pd.isna(value) else f"{value:.0f}", ha="center", va="center")
figure.savefig(picture)
print(f"drawn: {picture}")
