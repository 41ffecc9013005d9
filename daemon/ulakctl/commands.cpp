#include "ulakctl/commands.hpp"

#include <CLI/CLI.hpp>

namespace ulak::ctl {

namespace {

void one_name(CLI::App& app, arguments& a)
{
    app.add_option("name", a.names, "A name or an id")->required()->expected(1);
}

void maybe_name(CLI::App& app, arguments& a)
{
    app.add_option("name", a.names, "A name; all of them if it is not given")->expected(0, 1);
}

void add_wait(CLI::App& app, arguments& a)
{
    app.add_option("--wait", a.wait, "Wait for the end; --wait=30s: at most so long")->expected(1);
}

void for_run(CLI::App& app, arguments& a)
{
    app.add_option("job", a.names, "The job")->required()->expected(1);
    app.add_option("-p,--param", a.params, "A parameter, NAME=VALUE; may be repeated")->take_all();
    app.add_option("--key", a.key, "Idempotency key: a second call with it starts nothing and shows the same run");
    add_wait(app, a);
}

void for_plan(CLI::App& app, arguments& a)
{
    app.add_option("job", a.names, "The job")->required()->expected(1);
    app.add_option("-p,--param", a.params, "A parameter, NAME=VALUE; may be repeated")->take_all();
}

void for_wait(CLI::App& app, arguments& a)
{
    app.add_option("run", a.names, "The run's id")->required()->expected(1);
    app.add_option("--for", a.wait, "At most so long: 30s, 5m");
}

void for_cancel(CLI::App& app, arguments& a)
{
    app.add_option("run", a.names, "The run's id")->required()->expected(1);
    add_wait(app, a);
}

void for_runs(CLI::App& app, arguments& a)
{
    app.add_option("--job", a.job, "Only of this job");
    app.add_option("--state", a.state, "Only in these states: running,failed");
    app.add_option("-n,--limit", a.count, "At most so many (20)");
}

void for_show(CLI::App& app, arguments& a)
{
    app.add_option("run", a.names, "The run's id")->required()->expected(1);
    app.add_flag("--items", a.items, "With every recipient");
    app.add_option("--state", a.state, "Only recipients in these states");
}

void for_next(CLI::App& app, arguments& a)
{
    maybe_name(app, a);
    app.add_option("--from", a.from, "Begin at this time: 2026-12-01T00:00:00Z");
    app.add_option("-n", a.count, "So many firings (5)");
}

void for_attention(CLI::App& app, arguments& a)
{
    app.add_flag("--all", a.all, "With those that are settled");
}

void for_resolve(CLI::App& app, arguments& a)
{
    app.add_option("id", a.names, "The entry's id and its outcome: done, not-done or write-off")
        ->required()
        ->expected(2);
}

void for_spend(CLI::App& app, arguments& a)
{
    app.add_option("--by", a.by, "job, account or day")->check(CLI::IsMember({"job", "account", "day"}));
}

void for_events(CLI::App& app, arguments& a)
{
    app.add_flag("-f,--follow", a.follow, "Go on with what happens");
    app.add_option("--after", a.after, "Only events after this seq");
    app.add_option("--job", a.job, "Only of this job");
}

void for_reload(CLI::App& app, arguments& a)
{
    app.add_flag("--dry-run", a.dry_run, "Only say what would change");
}

void for_suppress(CLI::App& app, arguments& a)
{
    app.add_option("action", a.names, "add NUMBER…, rm NUMBER…, list, import FILE")->required()->expected(1, 1000);
    app.add_option("--reason", a.reason, "Why they are added");
}

void for_check(CLI::App& app, arguments& a)
{
    app.add_option("files", a.names, "Job files; all of the jobs folder if none is given")->expected(0, 10000);
    app.add_option("--config", a.config, "Configuration file")->envname("ULAK_CONFIG")->capture_default_str();
    app.add_flag("--allow-literal-secrets", a.literal_secrets, "As ulakd takes it");
}

void for_schema(CLI::App& app, arguments& a)
{
    app.add_option("what", a.names, "job or config")->required()->expected(1)->check(CLI::IsMember({"job", "config"}));
}

void for_completion(CLI::App& app, arguments& a)
{
    app.add_option("shell", a.names, "bash, zsh or fish")
        ->required()
        ->expected(1)
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
}

constexpr command rows[] = {
    {"status", "What the daemon is doing", "ulakctl status", nullptr, show_status},
    {"health", "Can the daemon do its work? Exit code 0 or 1", "ulakctl health -q", nullptr, show_health},
    {"jobs", "All jobs, broken ones with their problems", "ulakctl jobs", nullptr, show_jobs},
    {"job", "One job", "ulakctl job otp", one_name, show_job},
    {"check", "Check ulak.yaml and job files; needs no daemon", "ulakctl check jobs.d/otp.yaml", for_check, check_files,
     false},
    {"plan", "What a run would do; sends nothing", "ulakctl plan campaign", for_plan, show_plan},
    {"next", "Coming firings, with the reason for each shift or drop", "ulakctl next campaign -n 10", for_next,
     show_next},
    {"run", "Start a run",
     "CODE=$(ulakctl run otp --wait -q)\nulakctl run followers -p link=https://example.com/marka --wait=5m", for_run,
     start_run},
    {"wait", "Wait for a run's end", "ulakctl wait 01JD… --for 30s", for_wait, wait_for_run},
    {"runs", "Runs, newest first", "ulakctl runs --job otp --state failed", for_runs, list_runs},
    {"show", "One run", "ulakctl show 01JD… --items", for_show, show_run},
    {"cancel", "End a run gracefully: numbers are given back for their refund", "ulakctl cancel 01JD… --wait",
     for_cancel, cancel_run},
    {"pause", "No new runs of a job until resume", "ulakctl pause campaign", one_name, pause_job},
    {"resume", "The opposite of pause", "ulakctl resume campaign", one_name, resume_job},
    {"attention", "What only a person can settle", "ulakctl attention", for_attention, show_attention},
    {"resolve", "Settle an entry of attention: done, not-done or write-off", "ulakctl resolve 01JD… not-done",
     for_resolve, resolve_entry},
    {"balance", "Ask providers for balances", "ulakctl balance\nulakctl balance bulk -q", maybe_name, show_balance},
    {"services", "A provider's services and prices", "ulakctl services numbers", one_name, show_services},
    {"suppress", "The opt-out list",
     "ulakctl suppress add 5551112233 --reason \"asked by phone\"\nulakctl suppress list", for_suppress,
     change_suppressions},
    {"spend", "What was spent, by job, account or day", "ulakctl spend --by day", for_spend, show_spend},
    {"events", "What happened, oldest first", "ulakctl events -f", for_events, show_events},
    {"logs", "The daemon's log in the journal", "ulakctl logs -f", for_events, show_logs, false},
    {"reload", "Read the files anew", "ulakctl reload --dry-run", for_reload, reload_files},
    {"schema", "JSON Schema for editors; needs no daemon", "ulakctl schema job > job.schema.json", for_schema,
     show_schema, false},
    {"completion", "Completion for a shell", "ulakctl completion bash > /etc/bash_completion.d/ulakctl", for_completion,
     show_completion, false},
    {"version", "Version of ulakctl", "ulakctl version", nullptr, show_version, false},
};

} // namespace

std::span<const command> commands()
{
    return rows;
}

} // namespace ulak::ctl
