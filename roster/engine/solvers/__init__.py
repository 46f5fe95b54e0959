"""
Ways to solve any integer or linear program.

In reading order: `search` (what every solver is asked and answers), `mip` (HiGHS), `cpsat`, `merged`
(what is alike made one), `dual_simplex` (a linear relaxation kept warm), `diving` (whole solutions on it), `rounding`
(some values whole on it), `reduced_costs` (whole solutions upwards from its bound).
"""
