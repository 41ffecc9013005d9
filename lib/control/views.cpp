#include "control/views.hpp"

#include "core/json_text.hpp"
#include "core/phone.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

/// JSON that the store holds as text; null where there is nothing.
json::value stored(const std::string& text)
{
    if (text.empty())
        return nullptr;
    auto parsed = parse_json(text, text.size() + 1);
    return parsed ? std::move(*parsed) : json::value(nullptr);
}

json::value money_or_null(const money& m)
{
    return m.unit.empty() ? json::value(nullptr) : json::value(json_of(m));
}

json::value text_or_null(const std::string& text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

/// A result's code is a key to somebody's account, its number and a phone parameter are a person.
void mask_result(json::value& result)
{
    json::object* o = result.if_object();
    if (!o)
        return;
    if (json::value* code = o->if_contains("code"); code && code->is_string())
        *code = "***";
    if (json::value* number = o->if_contains("number"); number && number->is_string())
        *number = mask_number(number->get_string());
}

void mask_params(json::value& params)
{
    json::object* o = params.if_object();
    if (!o)
        return;
    for (auto& member : *o)
        if (member.value().is_string() && phone::parse(member.value().get_string()))
            member.value() = mask_number(member.value().get_string());
}

json::value error_of(const ledger::run_record& run)
{
    if (run.error_code.empty())
        return nullptr;
    return json::object{{"code", run.error_code}, {"message", run.error_message}};
}

json::array problems_of(const yaml::problems& found)
{
    json::array all;
    for (const yaml::problem& p : found)
        all.push_back(yaml::to_json(p));
    return all;
}

std::string_view name(engine::file_change::what happened) noexcept
{
    switch (happened) {
    case engine::file_change::what::loaded: return "loaded";
    case engine::file_change::what::unchanged: return "unchanged";
    case engine::file_change::what::rejected: return "rejected";
    case engine::file_change::what::removed: return "removed";
    }
    return "unknown";
}

std::string_view name(job::parameter::type what) noexcept
{
    switch (what) {
    case job::parameter::type::text: return "string";
    case job::parameter::type::integer: return "integer";
    case job::parameter::type::url: return "url";
    case job::parameter::type::phone: return "phone";
    }
    return "unknown";
}

json::array parameters_of(const std::vector<job::parameter>& declared)
{
    json::array all;
    for (const job::parameter& p : declared) {
        json::object one{{"name", p.name}, {"type", name(p.what)}, {"required", p.required}};
        one["default"] = json_or_null(p.fallback);
        all.push_back(std::move(one));
    }
    return all;
}

json::array abilities_of(const providers::abilities& can)
{
    json::array all;
    if (can.sends_sms)
        all.push_back("sms");
    if (can.sells_numbers)
        all.push_back("numbers");
    if (can.cancels_numbers)
        all.push_back("cancel");
    if (can.is_panel)
        all.push_back("panel");
    all.push_back("balance");
    return all;
}

json::value number_or_null(const std::optional<std::int64_t>& n)
{
    return n ? json::value(*n) : json::value(nullptr);
}

} // namespace

json::object view(const ledger::run_record& run, bool masked)
{
    json::object o;
    o["id"] = run.id.text();
    o["job"] = run.job;
    o["kind"] = run.kind;
    o["state"] = ledger::name(run.state);
    o["trigger"] = run.trigger;
    o["started_at"] = json_or_null(run.started_at);
    o["finished_at"] = json_or_null(run.finished_at);
    o["params"] = stored(run.params);
    o["counts"] = stored(run.counts);
    o["result"] = stored(run.result);
    if (masked) {
        mask_params(o["params"]);
        mask_result(o["result"]);
    }
    o["error"] = error_of(run);
    o["spent"] = money_or_null(run.spent);
    o["created_at"] = rfc3339(run.created_at);
    o["due_at"] = json_or_null(run.due_at);
    return o;
}

json::object view(const ledger::item_record& item, bool masked)
{
    json::object o;
    o["position"] = item.position;
    o["phone"] = masked ? mask_number(item.phone) : item.phone;
    o["state"] = ledger::name(item.state);
    o["reason"] = text_or_null(item.reason);
    o["segments"] = item.segments;
    o["queue"] = text_or_null(item.queue);
    if (!masked)
        o["text"] = text_or_null(item.text);
    return o;
}

json::object view(const ledger::attention_record& entry)
{
    json::object o;
    o["id"] = entry.id;
    o["run"] = text_or_null(entry.run.text());
    o["job"] = entry.job;
    o["account"] = entry.account;
    o["kind"] = entry.kind;
    o["amount"] = money_or_null(entry.amount);
    o["at"] = rfc3339(entry.at);
    o["evidence"] = text_or_null(entry.evidence);
    o["outcome"] = text_or_null(entry.outcome);
    o["resolved_by"] = entry.resolved_by ? json::value(*entry.resolved_by) : json::value(nullptr);
    o["resolved_at"] = json_or_null(entry.resolved_at);
    return o;
}

json::object view(const engine::job_view& job)
{
    json::object o;
    o["name"] = job.name;
    o["kind"] = job.kind;
    o["file"] = job.path;
    o["description"] = job.description;
    o["enabled"] = job.enabled;
    o["paused"] = job.paused;
    o["broken"] = job.broken;
    o["schedule"] = text_or_null(job.schedule);
    o["next"] = json_or_null(job.next);
    o["running"] = job.running;
    o["last_run"] = json_or_null(job.last_run);
    o["params"] = parameters_of(job.parameters);
    o["problems"] = problems_of(job.found);
    return o;
}

json::object view(const engine::firing_view& firing)
{
    return {{"job", firing.job}, {"at", rfc3339(firing.at)}, {"local", firing.local}, {"reason", firing.reason}};
}

json::object view(const ledger::spend_row& row, std::string_view by)
{
    json::object o;
    o[by] = row.key;
    o["spent"] = money_or_null(row.spent);
    o["open"] = money_or_null(row.open);
    o["effects"] = row.effects;
    return o;
}

json::object view(const providers::service& s)
{
    json::object o;
    o["id"] = s.id;
    o["name"] = s.name;
    o["category"] = text_or_null(s.category);
    o["price"] = s.price ? json::value(json_of(*s.price)) : json::value(nullptr);
    o["stock"] = number_or_null(s.stock);
    o["min"] = number_or_null(s.least);
    o["max"] = number_or_null(s.most);
    o["type"] = text_or_null(s.type);
    return o;
}

json::object view(const engine::file_change& change)
{
    json::object o;
    o["job"] = change.name;
    o["file"] = change.path;
    o["result"] = name(change.happened);
    o["added"] = change.added;
    o["changed"] = json::array(change.changed.begin(), change.changed.end());
    o["problems"] = problems_of(change.found);
    return o;
}

namespace {

/// Top-ups are left out. Readings of a few minutes say nothing about an hour.
std::optional<money> loss_per_hour(const std::vector<ledger::balance_record>& read)
{
    if (read.size() < 2)
        return std::nullopt;
    decimal lost;
    std::size_t oldest = 0;
    for (std::size_t i = 1; i < read.size() && read.front().at - read[i].at <= std::chrono::hours(24); oldest = i++)
        if (read[i].balance.unit == read[i - 1].balance.unit && read[i].balance.amount > read[i - 1].balance.amount)
            lost = lost + (read[i].balance.amount - read[i - 1].balance.amount);
    const auto span = std::chrono::duration_cast<std::chrono::seconds>(read.front().at - read[oldest].at);
    if (span < std::chrono::minutes(5))
        return std::nullopt;
    const decimal exact = lost.times(3600, span.count());
    const auto cents = decimal::scale / 100;
    return money(decimal::from_micros(exact.micros() / cents * cents), read.front().balance.unit);
}

} // namespace

json::object view(const providers::account& account, const std::vector<ledger::balance_record>& read)
{
    const ledger::balance_record* last = read.empty() ? nullptr : &read.front();
    const auto loss = loss_per_hour(read);
    json::object o;
    o["account"] = account.name;
    o["provider"] = account.provider;
    o["can"] = abilities_of(account.can);
    o["shared"] = account.shared;
    const providers::health& state = *account.state;
    const bool ready = state.now() == providers::standing::ready;
    o["state"] = name(state.now());
    o["reason"] = ready ? json::value(nullptr) : text_or_null(state.why());
    o["since"] = ready ? json::value(nullptr) : json::value(rfc3339(state.since()));
    o["balance"] = last ? json::value(last->balance.amount_text()) : json::value(nullptr);
    o["unit"] = last ? json::value(last->balance.unit) : text_or_null(account.can.unit);
    o["at"] = last ? json::value(rfc3339(last->at)) : json::value(nullptr);
    o["per_hour"] = loss ? json::value(loss->amount_text()) : json::value(nullptr);
    return o;
}

} // namespace ulak::control
