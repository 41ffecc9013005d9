#include "ulakctl/options.hpp"

#include <CLI/CLI.hpp>

namespace ulak::ctl {

namespace {

void add_wait(CLI::App& app, arguments& a)
{
    app.add_option("--wait", a.wait, "Wait for the end; --wait=30s: at most so long")->expected(1);
}

} // namespace

void one_name(CLI::App& app, arguments& a)
{
    app.add_option("name", a.names, "A name or an id")->required()->expected(1);
}

void maybe_name(CLI::App& app, arguments& a)
{
    app.add_option("name", a.names, "A name; all of them if it is not given")->expected(0, 1);
}

void for_run(CLI::App& app, arguments& a)
{
    app.add_option("job", a.names, "The job")->required()->expected(1);
    app.add_option("-p,--param", a.params, "A parameter, NAME=VALUE; may be repeated")->take_all();
    app.add_flag("--sim", a.simulated,
                 "Against the simulator: the real job, but nothing is sent or paid; needs no daemon");
    app.add_option("--config", a.config, "Configuration file, for --sim")
        ->envname("ULAK_CONFIG")
        ->capture_default_str();
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

void for_otp(CLI::App& app, arguments& a)
{
    app.add_option("--account", a.account, "An account that sells numbers")->required();
    app.add_option("--service", a.service, "The provider's id of the service; `ulakctl services ACCOUNT` lists them")
        ->required();
    app.add_option("--operator", a.network, "The operator's name, where the provider lets one choose");
    app.add_option("--max-price", a.max_price, "At most this: 12 TRY; else the price that the provider lists now");
    app.add_option("--length", a.count,
                   "Fill the code up with zeros on the left: some providers answer 12345 for 012345");
    app.add_option("--for", a.wait, "Wait so long for the code, then give the number back (4m)");
    app.add_option("--key", a.key, "Idempotency key: a second call with it buys nothing and shows the same run");
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

void for_logs(CLI::App& app, arguments& a)
{
    app.add_flag("-f,--follow", a.follow, "Go on with what happens");
    app.add_option("-n,--lines", a.count, "At most so many, the newest");
    app.add_option("--job", a.job, "Only of this job");
    app.add_option("--run", a.run, "Only of this run");
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
    app.add_option("what", a.names,
                   "job or config for the whole schema; a key such as schedule.missed to have it explained")
        ->required()
        ->expected(1);
}

void for_report(CLI::App& app, arguments& a)
{
    app.add_option("run", a.names, "The run's id")->required()->expected(1);
}

void for_doctor(CLI::App& app, arguments& a)
{
    app.add_option("--config", a.config, "Configuration file")->envname("ULAK_CONFIG")->capture_default_str();
    app.add_flag("--offline", a.offline, "Ask no provider and no name server");
}

void for_completion(CLI::App& app, arguments& a)
{
    app.add_option("shell", a.names, "bash, zsh or fish")
        ->required()
        ->expected(1)
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
}

} // namespace ulak::ctl
