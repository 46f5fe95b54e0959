"""
The program as a Python library: what `import roster` hands on, one class a question.

In reading order: `reading` (how files are read, for the command line as well), `options` (time limits and faults),
`frames` (tables), `report` (what all answers can do), `roster` (any roster, and what can be asked of it), one module a
question, and `scenario`, where it begins. Nothing is worked out here: each class asks the questions layer and hands out
its frozen answer.
"""
