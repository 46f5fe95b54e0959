"""Every verb with its address: what REST offers, what its description is made from, what the pages call."""

from __future__ import annotations

from roster.board.verbs import editing, forms, making, measures, people, questions, requests, versions
from roster.board.verbs.base import Nothing, OnBranch, Verb

_BOARD = "/boards/{board}"

VERBS: tuple[Verb, ...] = (
    Verb("list_boards", "GET", "/boards", "viewer", Nothing, editing.list_boards),
    Verb("make_board", "POST", "/boards", "head", editing.Make, editing.make),
    Verb("show_board", "GET", _BOARD, "planner", Nothing, editing.show),
    Verb("set_cells", "POST", f"{_BOARD}/cells", "planner", editing.Cells, editing.cells),
    Verb("undo", "POST", f"{_BOARD}/undo", "planner", OnBranch, editing.undo),
    Verb("redo", "POST", f"{_BOARD}/redo", "planner", OnBranch, editing.redo),
    Verb("set_pins", "POST", f"{_BOARD}/pins", "planner", editing.Pins, editing.pins),
    Verb("freeze", "POST", f"{_BOARD}/freeze", "planner", editing.Freeze, editing.freeze),
    Verb("give_name", "POST", f"{_BOARD}/names", "planner", editing.Name, editing.name),
    Verb("upload_roster", "POST", f"{_BOARD}/roster", "planner", editing.Upload, editing.upload),
    Verb("get_scenario", "GET", f"{_BOARD}/scenario", "planner", Nothing, editing.get_scenario),
    Verb("set_scenario", "POST", f"{_BOARD}/scenario", "head", editing.Scenario, editing.scenario),
    Verb(
        "check_scenario",
        "POST",
        f"{_BOARD}/scenario/check",
        "planner",
        editing.Scenario,
        editing.check_scenario,
    ),
    Verb("show_cell", "GET", f"{_BOARD}/cell", "planner", Nothing, editing.cell),
    Verb("show_hole", "GET", f"{_BOARD}/hole", "planner", Nothing, editing.hole),
    Verb("can", "GET", f"{_BOARD}/can", "planner", Nothing, editing.can),
    Verb("history", "GET", f"{_BOARD}/history", "planner", Nothing, editing.history),
    Verb("start_board", "POST", "/start", "head", making.Start, making.start),
    Verb("fill_forms", "POST", f"{_BOARD}/forms", "head", forms.Form, forms.form),
    Verb("list_versions", "GET", f"{_BOARD}/versions", "viewer", Nothing, versions.list_versions),
    Verb("publish", "POST", f"{_BOARD}/versions", "planner", versions.Publish, versions.publish),
    Verb(
        "signature", "GET", f"{_BOARD}/versions/{{number}}/signature", "planner", Nothing, versions.signature
    ),
    Verb("compare", "GET", f"{_BOARD}/compare", "planner", Nothing, versions.compare),
    Verb("take", "POST", f"{_BOARD}/take", "planner", versions.Take, versions.take),
    Verb("fork", "POST", f"{_BOARD}/branches", "planner", versions.Fork, versions.fork),
    Verb("list_requests", "GET", f"{_BOARD}/requests", "staff", Nothing, requests.list_requests),
    Verb("request", "POST", f"{_BOARD}/requests", "staff", requests.RequestBody, requests.request),
    Verb("grant", "POST", f"{_BOARD}/requests/{{number}}/grant", "planner", requests.Decide, requests.grant),
    Verb("deny", "POST", f"{_BOARD}/requests/{{number}}/deny", "planner", Nothing, requests.deny),
    Verb("withdraw", "POST", f"{_BOARD}/requests/{{number}}/withdraw", "staff", Nothing, requests.withdraw),
    Verb("ask_again", "POST", f"{_BOARD}/requests/{{number}}/again", "planner", Nothing, requests.ask_again),
    Verb("ask", "POST", f"{_BOARD}/jobs", "planner", questions.Ask, questions.ask),
    Verb("ask_size", "POST", f"{_BOARD}/size", "planner", measures.Size, measures.size),
    Verb("ask_demand", "POST", f"{_BOARD}/demand", "planner", measures.Demand, measures.demand),
    Verb("take_file", "POST", "/jobs/{job}/take", "head", measures.TakeFile, measures.take_file),
    Verb("list_jobs", "GET", f"{_BOARD}/jobs", "planner", Nothing, questions.of_board),
    Verb("get_job", "GET", "/jobs/{job}", "planner", Nothing, questions.get),
    Verb("stop_job", "POST", "/jobs/{job}/stop", "planner", Nothing, questions.stop),
    Verb("list_accounts", "GET", "/accounts", "admin", Nothing, people.list_accounts),
    Verb("make_account", "POST", "/accounts", "admin", people.NewAccount, people.make_account),
    Verb(
        "change_account", "POST", "/accounts/{account}", "admin", people.AccountChange, people.change_account
    ),
    Verb("list_audit", "GET", "/audit", "admin", Nothing, people.list_audit),
    Verb("make_token", "POST", "/tokens", "staff", people.NewToken, people.make_token),
    Verb("close_feeds", "POST", "/tokens/close", "staff", Nothing, people.close_tokens),
    Verb("make_hook", "POST", "/hooks", "admin", people.NewHook, people.make_hook),
    Verb("remove_hook", "POST", "/hooks/{hook}/remove", "admin", Nothing, people.remove_hook),
    Verb("log_out", "POST", "/logout", "viewer", Nothing, people.log_out),
)
