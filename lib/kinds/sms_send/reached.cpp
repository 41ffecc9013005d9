#include "kinds/sms_send/reached.hpp"

#include "core/text.hpp"

#include <utility>

namespace ulak::kinds::sms {
namespace {

using ledger::item_state;
using ledger::run_state;

/// Reports that one message quotes; the others are counted.
constexpr std::size_t max_reports_quoted = 5;

std::int64_t in_state(const ledger::item_counts& counts, item_state s) noexcept
{
    return counts.by_state[static_cast<std::size_t>(s)];
}

ending failed_as(run_state state, const char* code, std::string message)
{
    ending e(state, error(errc::validation, std::move(message)));
    e.code = code;
    return e;
}

std::string quoted(const std::map<std::string, std::string>& grave_reports)
{
    std::string text;
    std::size_t n = 0;
    for (const auto& [queue, what] : grave_reports)
        if (n++ < max_reports_quoted)
            append_joined(text, "; ", "the report of " + queue + ": " + what);
    if (n > max_reports_quoted)
        text += "; and " + counted(n - max_reports_quoted, "report") + " more";
    return text;
}

std::string nobody_text(const ledger::item_counts& counts)
{
    const auto skipped = in_state(counts, item_state::skipped), rejected = in_state(counts, item_state::rejected);
    if (skipped + rejected == 0)
        return "nobody was sent to: the list has no recipients";
    std::string why;
    if (rejected > 0)
        why = "the provider refused " + std::to_string(rejected);
    if (skipped > 0)
        append_joined(why, ", ", std::to_string(skipped) + " were skipped");
    return "nobody was sent to: of " + counted(static_cast<std::size_t>(skipped + rejected), "recipient") + " " + why;
}

} // namespace

std::int64_t accepted_recipients(const ledger::item_counts& counts) noexcept
{
    return in_state(counts, item_state::submitted) + in_state(counts, item_state::delivered) +
           in_state(counts, item_state::undelivered);
}

ending ending_of_reached(const ledger::item_counts& counts, const std::map<std::string, std::string>& grave_reports)
{
    if (!grave_reports.empty())
        return failed_as(run_state::attention, mismatch, quoted(grave_reports));
    const auto accepted = accepted_recipients(counts), rejected = in_state(counts, item_state::rejected);
    if (accepted == 0)
        return failed_as(run_state::failed, nobody, nobody_text(counts));
    if (rejected > 0)
        return failed_as(run_state::failed, partly,
                         "the provider refused " + std::to_string(rejected) + " of " +
                             counted(static_cast<std::size_t>(accepted + rejected), "recipient") + ", " +
                             std::to_string(accepted) + " were sent to");
    return ending(run_state::succeeded);
}

} // namespace ulak::kinds::sms
