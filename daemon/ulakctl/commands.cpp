#include "ulakctl/commands.hpp"

#include "ulakctl/account_commands.hpp"
#include "ulakctl/attention_commands.hpp"
#include "ulakctl/completion_commands.hpp"
#include "ulakctl/daemon_commands.hpp"
#include "ulakctl/doctor.hpp"
#include "ulakctl/event_commands.hpp"
#include "ulakctl/file_commands.hpp"
#include "ulakctl/job_commands.hpp"
#include "ulakctl/manual_command.hpp"
#include "ulakctl/run_commands.hpp"
#include "ulakctl/run_report.hpp"
#include "ulakctl/schema_commands.hpp"
#include "ulakctl/suppression_commands.hpp"
#include "ulakctl/top.hpp"

#include <algorithm>
#include <iterator>

namespace ulak::ctl {

namespace {

constexpr command rows[] = {
    {"status", "What the daemon is doing", "ulakctl status", {}, show_status},
    {"health", "Can the daemon do its work? Exit code 0 or 1", "ulakctl health -q", {}, show_health},
    {"top", "A live view: accounts, runs under way, what comes next; q ends", "ulakctl top", {}, show_top},
    {"jobs", "All jobs, broken ones with their problems", "ulakctl jobs\nulakctl jobs -q", {}, show_jobs},
    {"job", "One job", "ulakctl job otp", options::for_name, show_job, "job"},
    {"check", "Check ulak.yaml and job files; needs no daemon",
     "ulakctl check\nulakctl check jobs.d/otp.yaml\nulakctl check -o sarif > problems.sarif", options::for_check,
     check_files, "file"},
    {"plan", "What a run would do; sends nothing", "ulakctl plan campaign", options::for_plan, show_plan, "job"},
    {"next", "Coming firings, with the reason for each shift or drop",
     "ulakctl next\nulakctl next campaign -n 10 --from 2027-03-27T00:00:00Z", options::for_next, show_next, "job"},
    {"run", "Start a run",
     "CODE=$(ulakctl run otp --wait -q)\nulakctl run followers -p link=https://example.com/marka --wait=5m\n"
     "ulakctl run otp --sim\nulakctl run campaign --only unsent --of 01JD…",
     options::for_run, start_run, "job"},
    {"otp", "A one-time code now, without a job file; waits for it",
     "ulakctl otp --account numbers --service 1\nCODE=$(ulakctl otp --account numbers --service 1 --max-price \"12 "
     "TRY\" -q)",
     options::for_otp, acquire_code},
    {"wait", "Wait for a run's end", "ulakctl wait 01JD… --for 30s", options::for_wait, wait_for_run, "run"},
    {"runs", "Runs, newest first", "ulakctl runs --job otp --state failed\nulakctl runs -q -n 1", options::for_runs,
     list_runs},
    {"show", "One run", "ulakctl show 01JD… --items --state undelivered", options::for_show, show_run, "run"},
    {"report", "What became of a run: recipients by state and reason, calls that cost, what needs a person",
     "ulakctl report 01JD…\nulakctl report 01JD… -o json", options::for_report, report_run, "run"},
    {"cancel", "End a run gracefully: numbers are given back for their refund", "ulakctl cancel 01JD… --wait",
     options::for_cancel, cancel_run, "run"},
    {"pause", "No new runs of a job until resume; with a run's id: hold that run",
     "ulakctl pause campaign\nulakctl pause 01JD…", options::for_name, pause_job, "job"},
    {"resume", "The opposite of pause", "ulakctl resume campaign\nulakctl resume 01JD…", options::for_name, resume_job,
     "job"},
    {"attention", "What only a person can settle", "ulakctl attention\nulakctl attention --all", options::for_attention,
     show_attention},
    {"resolve", "Settle an entry of attention: done, not-done or write-off", "ulakctl resolve 01JD… not-done",
     options::for_resolve, resolve_entry, "entry"},
    {"balance", "Ask providers for balances", "ulakctl balance\nulakctl balance bulk -q", options::for_any_name,
     show_balance, "account"},
    {"services", "A provider's services and prices", "ulakctl services numbers", options::for_name, show_services,
     "account"},
    {"suppress", "The opt-out list",
     "ulakctl suppress add 5551112233 --reason \"asked by phone\"\nulakctl suppress import numbers.txt\n"
     "ulakctl suppress list",
     options::for_suppress, change_suppressions, "add rm list import"},
    {"spend", "What was spent, by job, account or day", "ulakctl spend --by day", options::for_spend, show_spend},
    {"events", "What happened, oldest first", "ulakctl events -f\nulakctl events --after 120 -o json",
     options::for_events, show_events},
    {"logs", "The daemon's log in the journal", "ulakctl logs -f\nulakctl logs --job otp -n 100", options::for_logs,
     show_logs},
    {"adopt",
     "Take a state folder that was copied or put back for this daemon's own; with a name: an account whose site or "
     "login changed is the wallet that it was",
     "ulakctl adopt\nulakctl adopt numbers", options::for_adopt, adopt, "account"},
    {"clock", "The machine's clock, which had jumped, is right: what waits for that goes on",
     "date\nulakctl clock confirm", options::for_clock, settle_clock, "confirm"},
    {"reload", "Read the files anew", "ulakctl reload --dry-run", options::for_reload, reload_files},
    {"schema", "JSON Schema for editors, or one key explained; needs no daemon",
     "ulakctl schema job > job.schema.json\nulakctl schema accounts.pace\nulakctl schema sms.send.message",
     options::for_schema, show_schema, "job config"},
    {"doctor", "Look for what could go wrong: clock, names, secrets, disk, sockets, accounts",
     "sudo ulakctl doctor\nulakctl doctor --offline", options::for_doctor, run_doctor},
    {"completion", "Completion for a shell",
     "ulakctl completion bash > /etc/bash_completion.d/ulakctl\nulakctl completion fish > "
     "~/.config/fish/completions/ulakctl.fish",
     options::for_completion, show_completion, "bash zsh fish"},
    {"version", "Version of ulakctl", "ulakctl version", {}, show_version},
    {"__manual", "A manual page in roff", "ulakctl __manual ulakctl.1", options::for_name, show_manual,
     "ulakctl.1 ulakd.8 ulak.yaml.5 ulak-job.5", true},
    {"__complete",
     "What may stand where the cursor is",
     "ulakctl __complete run ''",
     options::for_words,
     show_completions,
     {},
     true},
};

} // namespace

std::span<const command> commands()
{
    return rows;
}

const command* find_command(std::string_view name)
{
    const auto* row = std::find_if(std::begin(rows), std::end(rows), [&](const command& c) { return c.name == name; });
    return row == std::end(rows) ? nullptr : row;
}

} // namespace ulak::ctl
