#include "control/detail/metrics.hpp"

#include "control/detail/metrics_text.hpp"
#include "control/detail/problem.hpp"
#include "ledger/records.hpp"
#include "providers/account.hpp"

#include <fmt/core.h>

namespace ulak::control {

namespace {

constexpr char text_format[] = "text/plain; version=0.0.4; charset=utf-8";

std::string seconds(wall_point t)
{
    return fmt::format("{}.{:03}", unix_ms(t) / 1000, unix_ms(t) % 1000);
}

void write_daemon(metrics_text& out, server_state& server, std::uint64_t attention)
{
    out.family("ulak_build_info", "gauge", "Version of the running daemon.");
    out.value("ulak_build_info", fmt::format("version=\"{}\"", escaped_label(server.deps.version)), "1");
    out.family("ulak_start_time_seconds", "gauge", "When the daemon started, in Unix time.");
    out.value("ulak_start_time_seconds", {}, seconds(server.started_at));
    out.single("ulak_runs_running", "gauge", "Runs under way.", server.deps.engine.running());
    out.single("ulak_attention_open", "gauge", "Matters that only a person can settle.", attention);
    const auto stands = server.store().health();
    out.single("ulak_store_held", "gauge", "1 while a person has to adopt the state folder.", !stands.held.empty());
    out.single("ulak_store_blocked", "gauge", "1 while the disk refuses what is written.", !stands.blocked.empty());
    const auto clock = server.deps.engine.clock();
    out.single("ulak_clock_held", "gauge", "1 while schedules, purges and what costs wait for a clock that jumped.",
               !clock.doubt.empty());
    out.single("ulak_clock_synchronised", "gauge", "1 while the kernel says that NTP keeps the clock right.",
               clock.synchronised);
    out.single("ulak_schedule_missed_total", "counter", "Firings that were dropped.", server.totals.missed);
    out.single("ulak_notices_sent_total", "counter", "Notices delivered to channels.", server.totals.notices_sent);
    out.single("ulak_notices_failed_total", "counter", "Attempts at notices that failed.",
               server.totals.notices_failed);
    out.single("ulak_log_dropped_total", "counter", "Log lines that a full pipe did not take.",
               server.deps.dropped_log_lines());
    std::size_t broken = 0, paused = 0;
    const auto jobs = server.deps.engine.jobs();
    for (const engine::job_view& j : jobs) {
        broken += j.broken;
        paused += j.paused;
    }
    out.single("ulak_jobs", "gauge", "Job files.", jobs.size());
    out.single("ulak_jobs_broken", "gauge", "Job files with errors.", broken);
    out.single("ulak_jobs_paused", "gauge", "Jobs that somebody paused.", paused);
}

void write_reload(metrics_text& out, const daemon_info& known)
{
    out.single("ulak_config_last_reload_successful", "gauge", "0 if the last reload rejected a file.",
               known.last_reload_ok);
    if (!known.reloaded_at)
        return;
    out.family("ulak_config_last_reload_timestamp_seconds", "gauge", "When files were last read anew, in Unix time.");
    out.value("ulak_config_last_reload_timestamp_seconds", {}, seconds(*known.reloaded_at));
}

void write_spending(metrics_text& out, const std::vector<ledger::spend_total>& all)
{
    auto labels = [](const ledger::spend_total& row, const money& m) {
        return fmt::format("account=\"{}\",unit=\"{}\"", escaped_label(row.key), escaped_label(m.unit));
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

/// An alert sees how a series grows: one that begins with 1 has not grown. So each is there with 0 from the start.
counters with_zeros(counters counted, const engine::engine& running)
{
    using ledger::effect_state;
    using ledger::run_state;
    const auto held = running.accounts();
    for (const auto& [name, account] : *held) {
        counted.provider_errors.try_emplace(name, 0);
        if (!account->sms && !account->numbers && !account->panel)
            continue;
        for (const effect_state outcome : {effect_state::not_sent, effect_state::accepted, effect_state::rejected,
                                           effect_state::rate_limited, effect_state::ambiguous})
            counted.effects.try_emplace({name, std::string(ledger::name(outcome))}, 0);
    }
    for (const engine::job_view& job : running.jobs())
        for (const run_state end :
             {run_state::succeeded, run_state::failed, run_state::cancelled, run_state::attention})
            if (!job.kind.empty())
                counted.runs.try_emplace({job.kind, std::string(ledger::name(end))}, 0);
    return counted;
}

void write_account_states(metrics_text& out, const providers::accounts& all)
{
    using providers::breaker_state;
    out.family("ulak_account_state", "gauge", "1 for the state that the account is in: ready, failing or suspended.");
    for (const auto& [name, account] : all)
        for (const breaker_state s : {breaker_state::ready, breaker_state::failing, breaker_state::suspended})
            out.value("ulak_account_state",
                      fmt::format("account=\"{}\",provider=\"{}\",state=\"{}\"", escaped_label(name),
                                  escaped_label(account->provider), providers::name(s)),
                      account->health->state() == s ? "1" : "0");
}

void write_totals(metrics_text& out, const counters& counted)
{
    out.family("ulak_runs_total", "counter", "Runs that ended, by how they did.");
    for (const auto& [labels, n] : counted.runs)
        out.value("ulak_runs_total",
                  fmt::format("kind=\"{}\",outcome=\"{}\"", escaped_label(labels.first), escaped_label(labels.second)),
                  std::to_string(n));
    out.family("ulak_effects_total", "counter", "Costly calls, by what became of them.");
    for (const auto& [labels, n] : counted.effects)
        out.value(
            "ulak_effects_total",
            fmt::format("account=\"{}\",outcome=\"{}\"", escaped_label(labels.first), escaped_label(labels.second)),
            std::to_string(n));
    out.family("ulak_provider_errors_total", "counter", "Failures that providers answered or caused.");
    for (const auto& [account, n] : counted.provider_errors)
        out.value("ulak_provider_errors_total", fmt::format("account=\"{}\"", escaped_label(account)),
                  std::to_string(n));
}

struct balance_sample {
    std::string labels, amount, at;
};

task<result<std::vector<balance_sample>>> read_balances(server_state& server)
{
    std::vector<balance_sample> all;
    const auto held = server.deps.engine.accounts();
    for (const auto& [name, account] : *held) {
        auto last = co_await server.store().balances(name, 1);
        if (!last)
            co_return last.error();
        if (last->empty())
            continue;
        const ledger::balance_record& b = last->front();
        balance_sample r;
        r.labels = fmt::format("account=\"{}\",provider=\"{}\",unit=\"{}\"", escaped_label(name),
                               escaped_label(account->provider), escaped_label(b.balance.unit));
        r.amount = b.balance.amount.text();
        r.at = seconds(b.at);
        all.push_back(std::move(r));
    }
    co_return all;
}

void write_balances(metrics_text& out, const std::vector<balance_sample>& all)
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
    auto open = co_await c.store().count_attention();
    if (!open)
        co_return problem(open.error());
    auto balances = co_await read_balances(c.server);
    if (!balances)
        co_return problem(balances.error());
    time_zone zone = c.server.deps.zone;
    auto spent = co_await c.store().spend_totals(ledger::spend_grouping::account, std::move(zone));
    if (!spent)
        co_return problem(spent.error());
    metrics_text out;
    write_daemon(out, c.server, static_cast<std::uint64_t>(*open));
    if (c.server.deps.info)
        write_reload(out, c.server.deps.info());
    write_spending(out, *spent);
    write_account_states(out, *c.engine().accounts());
    write_totals(out, with_zeros(c.server.totals, c.engine()));
    write_balances(out, *balances);
    c.filtered = true; // figures of ours; the labels are masked
    co_return http::reply(200, out.take(), text_format);
}

} // namespace ulak::control
