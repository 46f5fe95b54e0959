"""
`report.html`: one file that people print, send and show; it fetches nothing and runs nothing that it does not carry.

Every figure on it is counted again from the roster. Pages are put together from views, plain data worked out in the
modules beside this one, and drawn by the templates.
"""
