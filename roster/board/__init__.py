"""
The board: plan on a page in the browser.

A server for one machine or one house, without internet. Everything that happens is a row of an append-only log, and
what one sees is worked out from it: that gives undo, audit, comparison and safety against a crash at one price.
Questions that need a search run in child processes. Nothing outside this folder imports it; `roster serve` does when
it is called.
"""
