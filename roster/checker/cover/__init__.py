"""
Whether every post is held at every moment.

In reading order: `presence` (who is where, which posts are wanted), `eligibility` (who may hold a post), `bundles`
(posts held at once), `assignment` (one person to one post, exactly), `exact_covering` (the same where loads are
shared), `stretches` (minute by minute), `gaps` (what stays empty).
"""
