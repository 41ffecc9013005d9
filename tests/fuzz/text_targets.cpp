// What people write: job files, templates, schedules; and the gate that their secrets must not pass.
#include "fuzz/law.hpp"
#include "fuzz/targets.hpp"

#include "core/money.hpp"
#include "core/phone.hpp"
#include "core/sms_text.hpp"
#include "core/text.hpp"
#include "events/redactor.hpp"
#include "job/schedule.hpp"
#include "job/text_template.hpp"
#include "yaml/parse.hpp"

#include <algorithm>

namespace ulak::fuzz {
namespace {

std::size_t depth_of(const yaml::node& n)
{
    std::size_t deepest = 0;
    for (const auto& one : n.items)
        deepest = std::max(deepest, depth_of(one));
    for (const auto& [key, one] : n.members)
        deepest = std::max(deepest, depth_of(one));
    return deepest + 1;
}

void look_at(const yaml::node& n, std::size_t lines)
{
    law(n.line >= 1 && n.line <= lines + 1, "a value has its place in the file");
    law(n.node_kind == yaml::node::kind::map || n.members.empty(), "only a map has members");
    for (const auto& one : n.items)
        look_at(one, lines);
    for (const auto& [key, one] : n.members) {
        law(key.node_kind == yaml::node::kind::scalar, "a key is a scalar");
        law(n.find(key.text) == &one, "no key stands twice");
        look_at(one, lines);
    }
}

} // namespace

void files(std::string_view bytes)
{
    const auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
    yaml::problems found;
    const auto read = yaml::parse(std::string(bytes), "job.yaml", found);
    law(read || yaml::has_errors(found), "what is not read has a reason");
    for (const auto& one : found) {
        law(!one.text.empty() && one.code.size() == 5 && one.at.line <= lines + 1, "a problem says what and where");
        law(is_valid_utf8(yaml::to_text(one)), "a problem can be printed");
    }
    if (!read)
        return;
    law(depth_of(read->root) <= yaml::max_depth + 1, "the depth is bounded");
    if (!yaml::has_errors(found))
        look_at(read->root, lines);
}

/// The first line and the rest: schedule, template and secret.
void texts(std::string_view bytes)
{
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const std::string first(bytes.substr(0, end)), rest(bytes.substr(std::min(end + 1, bytes.size())));
    if (const auto when = job::cron::parse(first)) {
        const auto now = from_unix_ms(1'795'000'000'000);
        const auto next = when->next(now, time_zone::utc());
        law(!next || next->at > now, "a schedule goes on");
    }
    if (const auto form = job::text_template::parse(rest)) {
        const auto text = form->render([&first](std::string_view) { return &first; });
        law(!form->is_literal() || text.has_value(), "what needs nothing can be rendered");
        law(form->names().size() >= form->required_names().size(), "what is required is a name");
    }
    law(is_valid_utf8(printable(bytes)), "anything can be printed");
    if (is_valid_utf8(rest))
        measure_sms(rest);
    if (const auto amount = decimal::parse(first))
        law(decimal::parse(amount->text()).has_value(), "an amount can be read again");
    events::redactor gate;
    gate.add_secret(first);
    law(!gate.contains_secret(gate.redact(rest)), "no secret passes");
}

} // namespace ulak::fuzz
