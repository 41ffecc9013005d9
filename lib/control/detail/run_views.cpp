#include "control/detail/run_views.hpp"

#include "control/detail/view_parts.hpp"
#include "core/json_text.hpp"

#include <boost/json/parse.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

/// JSON that the store holds as text; null where there is nothing.
json::value parse_stored(const std::string& text)
{
    if (text.empty())
        return nullptr;
    auto parsed = parse_json(text, text.size() + 1);
    return parsed ? std::move(*parsed) : json::value(nullptr);
}

json::value error_of(const ledger::run_record& run)
{
    if (run.error_code.empty())
        return nullptr;
    return json::object{{"code", run.error_code}, {"message", run.error_message}};
}

} // namespace

json::object view(const ledger::run_record& run)
{
    json::object o;
    o["id"] = run.id.text();
    o["job"] = run.job;
    o["kind"] = run.kind;
    o["state"] = ledger::name(run.state);
    o["trigger"] = run.trigger;
    o["started_at"] = json_or_null(run.started_at);
    o["finished_at"] = json_or_null(run.finished_at);
    o["params"] = parse_stored(run.params);
    o["counts"] = parse_stored(run.counts);
    o["result"] = parse_stored(run.result);
    o["error"] = error_of(run);
    o["spent"] = money_or_null(run.spent);
    o["created_at"] = rfc3339(run.created_at);
    o["due_at"] = json_or_null(run.due_at);
    o["waits"] = nullptr;
    if (!run.waits.what.empty())
        o["waits"] = json::object{{"for", run.waits.what}, {"until", json_or_null(run.waits.until)}};
    o["only"] = text_or_null(run.only);
    o["of"] = text_or_null(run.of.text());
    return o;
}

json::object view(const ledger::item_record& item)
{
    json::object o;
    o["position"] = item.position;
    o["phone"] = item.phone;
    o["state"] = ledger::name(item.state);
    o["reason"] = text_or_null(item.reason);
    o["segments"] = item.segments;
    o["queue"] = text_or_null(item.queue);
    if (!item.text.empty())
        o["text"] = item.text;
    return o;
}

json::object view(const ledger::effect_record& effect)
{
    json::object o;
    o["id"] = effect.id.text();
    o["step"] = effect.step;
    o["attempt"] = effect.attempt;
    o["operation"] = effect.operation;
    o["account"] = effect.account;
    o["provider"] = effect.provider;
    o["state"] = ledger::name(effect.state);
    o["expected"] = money_or_null(effect.expected);
    o["charged"] = effect.charged ? money_or_null(*effect.charged) : json::value(nullptr);
    o["refunded"] = money_or_null(money(effect.refunded, effect.expected.unit));
    o["ref"] = text_or_null(effect.provider_ref);
    o["evidence"] = text_or_null(effect.evidence);
    o["intended_at"] = rfc3339(effect.intended_at);
    o["settled_at"] = json_or_null(effect.settled_at);
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

} // namespace ulak::control
