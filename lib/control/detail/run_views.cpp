#include "control/detail/run_views.hpp"

#include "control/detail/view_parts.hpp"
#include "core/json_text.hpp"
#include "core/phone.hpp"
#include "kinds/kind.hpp"
#include "kinds/registry.hpp"

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

/// Hides what the kinds declare: secrets wholly, numbers but for their ends. The keys of every kind count in every run,
/// so that a run whose kind is not known any more shows no more than others.
void mask_result(json::value& result)
{
    json::object* o = result.if_object();
    if (!o)
        return;
    for (const kinds::kind& kind : kinds::kinds()) {
        for (const std::string& key : kind.secret_results)
            if (json::value* secret = o->if_contains(key); secret && secret->is_string())
                *secret = "***";
        for (const std::string& key : kind.phone_results)
            if (json::value* number = o->if_contains(key); number && number->is_string())
                *number = mask_number(number->get_string());
    }
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

json::value error_of(const ledger::run_record& run, bool masked)
{
    if (run.error_code.empty())
        return nullptr;
    return json::object{{"code", run.error_code}, {"message", masked_text(run.error_message, masked)}};
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
    o["params"] = parse_stored(run.params);
    o["counts"] = parse_stored(run.counts);
    o["result"] = parse_stored(run.result);
    if (masked) {
        mask_params(o["params"]);
        mask_result(o["result"]);
    }
    o["error"] = error_of(run, masked);
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
    o["reason"] = text_or_null(masked_text(item.reason, masked));
    o["segments"] = item.segments;
    o["queue"] = text_or_null(item.queue);
    if (!masked)
        o["text"] = text_or_null(item.text);
    return o;
}

json::object view(const ledger::effect_record& effect, bool masked)
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
    o["ref"] = text_or_null(masked_text(effect.provider_ref, masked));
    o["evidence"] = text_or_null(masked_text(effect.evidence, masked));
    o["intended_at"] = rfc3339(effect.intended_at);
    o["settled_at"] = json_or_null(effect.settled_at);
    return o;
}

json::object view(const ledger::attention_record& entry, bool masked)
{
    json::object o;
    o["id"] = entry.id;
    o["run"] = text_or_null(entry.run.text());
    o["job"] = entry.job;
    o["account"] = entry.account;
    o["kind"] = entry.kind;
    o["amount"] = money_or_null(entry.amount);
    o["at"] = rfc3339(entry.at);
    o["evidence"] = text_or_null(masked_text(entry.evidence, masked));
    o["outcome"] = text_or_null(entry.outcome);
    o["resolved_by"] = entry.resolved_by ? json::value(*entry.resolved_by) : json::value(nullptr);
    o["resolved_at"] = json_or_null(entry.resolved_at);
    return o;
}

} // namespace ulak::control
