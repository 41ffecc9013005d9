// Prometheus' text format. Labels: account, provider, kind, outcome; never a phone number or a run.
#include "control/detail/handlers.hpp"
#include "control/detail/problem.hpp"

#include <fmt/core.h>

namespace ulak::control {

namespace {

constexpr char text_format[] = "text/plain; version=0.0.4; charset=utf-8";

std::string escaped(std::string_view label)
{
    std::string out;
    for (char c : label) {
        if (c == '\\' || c == '"')
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

class page {
  public:
    void family(std::string_view name, std::string_view type, std::string_view help)
    {
        text_ += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
    }
    void value(std::string_view name, std::string_view labels, std::string_view number)
    {
        text_ +=
            labels.empty() ? fmt::format("{} {}\n", name, number) : fmt::format("{}{{{}}} {}\n", name, labels, number);
    }
    void single(std::string_view name, std::string_view type, std::string_view help, std::uint64_t number)
    {
        family(name, type, help);
        value(name, {}, std::to_string(number));
    }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

std::string seconds(wall_point t)
{
    return fmt::format("{}.{:03}", unix_ms(t) / 1000, unix_ms(t) % 1000);
}

void write_daemon(page& out, server_state& at, std::size_t attention)
{
    out.family("ulak_build_info", "gauge", "Version of the running daemon.");
    out.value("ulak_build_info", fmt::format("version=\"{}\"", escaped(at.deps.version)), "1");
    out.family("ulak_start_time_seconds", "gauge", "When the daemon started, in Unix time.");
    out.value("ulak_start_time_seconds", {}, seconds(at.started_at));
    out.single("ulak_runs_running", "gauge", "Runs under way.", at.deps.engine.running());
    out.single("ulak_attention_open", "gauge", "Matters that only a person can settle.", attention);
    const auto stands = at.store().health();
    out.single("ulak_store_held", "gauge", "1 while a person has to adopt the state folder.", !stands.held.empty());
    out.single("ulak_store_blocked", "gauge", "1 while the disk refuses what is written.", !stands.blocked.empty());
    out.single("ulak_schedule_missed_total", "counter", "Firings that were dropped.", at.totals.missed);
    out.single("ulak_notices_sent_total", "counter", "Notices delivered to channels.", at.totals.notices_sent);
    out.single("ulak_notices_failed_total", "counter", "Attempts at notices that failed.", at.totals.notices_failed);
    out.single("ulak_log_dropped_total", "counter", "Log lines that a full pipe did not take.",
               at.deps.dropped_log_lines());
    std::size_t broken = 0, paused = 0;
    const auto jobs = at.deps.engine.jobs();
    for (const engine::job_view& j : jobs) {
        broken += j.broken;
        paused += j.paused;
    }
    out.single("ulak_jobs", "gauge", "Job files.", jobs.size());
    out.single("ulak_jobs_broken", "gauge", "Job files with errors.", broken);
    out.single("ulak_jobs_paused", "gauge", "Jobs that somebody paused.", paused);
}

void write_reload(page& out, const daemon_info& known)
{
    out.single("ulak_config_last_reload_successful", "gauge", "0 if the last reload rejected a file.",
               known.last_reload_ok);
    if (!known.reloaded_at)
        return;
    out.family("ulak_config_last_reload_timestamp_seconds", "gauge", "When files were last read anew, in Unix time.");
    out.value("ulak_config_last_reload_timestamp_seconds", {}, seconds(*known.reloaded_at));
}

void write_spending(page& out, const std::vector<ledger::spend_total>& all)
{
    auto labels = [](const ledger::spend_total& row, const money& m) {
        return fmt::format("account=\"{}\",unit=\"{}\"", escaped(row.key), escaped(m.unit));
    };
    out.family("ulak_account_spent", "gauge", "What was spent, net of refunds, as far as runs are kept.");
    for (const ledger::spend_total& row : all)
        if (!row.spent.unit.empty())
            out.value("ulak_account_spent", labels(row, row.spent), row.spent.amount.text());
    out.family("ulak_account_at_risk", "gauge", "Cost of calls whose outcome is not known.");
    for (const ledger::spend_total& row : all)
        if (!row.open.unit.empty())
            out.value("ulak_account_at_risk", labels(row, row.open), row.open.amount.text());
}

void write_totals(page& out, const counters& counted)
{
    out.family("ulak_runs_total", "counter", "Runs that ended, by how they did.");
    for (const auto& [labels, n] : counted.runs)
        out.value("ulak_runs_total",
                  fmt::format("kind=\"{}\",outcome=\"{}\"", escaped(labels.first), escaped(labels.second)),
                  std::to_string(n));
    out.family("ulak_effects_total", "counter", "Costly calls, by what became of them.");
    for (const auto& [labels, n] : counted.effects)
        out.value("ulak_effects_total",
                  fmt::format("account=\"{}\",outcome=\"{}\"", escaped(labels.first), escaped(labels.second)),
                  std::to_string(n));
    out.family("ulak_provider_errors_total", "counter", "Failures that providers answered or caused.");
    for (const auto& [account, n] : counted.provider_errors)
        out.value("ulak_provider_errors_total", fmt::format("account=\"{}\"", escaped(account)), std::to_string(n));
}

struct balance_sample {
    std::string labels, amount, at;
};

task<result<std::vector<balance_sample>>> read_balances(server_state& at)
{
    std::vector<balance_sample> all;
    const auto held = at.deps.engine.accounts();
    for (const auto& [name, account] : *held) {
        auto last = co_await at.store().balances(name, 1);
        if (!last)
            co_return last.error();
        if (last->empty())
            continue;
        const ledger::balance_record& b = last->front();
        balance_sample r;
        r.labels = fmt::format("account=\"{}\",provider=\"{}\",unit=\"{}\"", escaped(name), escaped(account->provider),
                               escaped(b.balance.unit));
        r.amount = b.balance.amount.text();
        r.at = seconds(b.at);
        all.push_back(std::move(r));
    }
    co_return all;
}

void write_balances(page& out, const std::vector<balance_sample>& all)
{
    out.family("ulak_account_balance", "gauge", "Last balance that was read, in the account's own unit.");
    for (const balance_sample& r : all)
        out.value("ulak_account_balance", r.labels, r.amount);
    out.family("ulak_account_balance_timestamp_seconds", "gauge", "When that balance was read, in Unix time.");
    for (const balance_sample& r : all)
        out.value("ulak_account_balance_timestamp_seconds", r.labels, r.at);
}

} // namespace

task<http::reply> get_metrics(request_context& c)
{
    auto open = co_await c.server.store().attention(true);
    if (!open)
        co_return problem(open.error());
    auto balances = co_await read_balances(c.server);
    if (!balances)
        co_return problem(balances.error());
    time_zone zone = c.server.deps.zone;
    auto spent = co_await c.server.store().spend_totals(ledger::spend_grouping::account, std::move(zone));
    if (!spent)
        co_return problem(spent.error());
    page out;
    write_daemon(out, c.server, open->size());
    if (c.server.deps.info)
        write_reload(out, c.server.deps.info());
    write_spending(out, *spent);
    write_totals(out, c.server.totals);
    write_balances(out, *balances);
    co_return http::reply(200, out.take(), text_format);
}

} // namespace ulak::control
