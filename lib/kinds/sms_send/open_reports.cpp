#include "kinds/sms_send/open_reports.hpp"

#include "core/text.hpp"
#include "kinds/sms_send/delivery_report.hpp"
#include "kinds/sms_send/recipient_source.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace ulak::kinds::sms {
namespace {

constexpr std::size_t max_words = 20, max_words_shown = 5;
constexpr char other_words[] = "other words";

} // namespace

std::string open_reports::sentence() const
{
    if (open == 0)
        return {};
    std::vector<std::pair<std::string, std::int64_t>> most(words.begin(), words.end());
    std::ranges::sort(most, std::ranges::greater(),
                      [](const auto& word) { return std::pair(word.second, word.first); });
    std::string said, silent;
    for (std::size_t i = 0; i < std::min(most.size(), max_words_shown); ++i) {
        const auto& [word, n] = most[i];
        const std::string many = n > 1 ? " (" + std::to_string(n) + ")" : std::string();
        if (word.empty() || word == not_in_report)
            append_joined(silent, ", ", (word.empty() ? std::string("no word of the provider") : word) + many);
        else
            append_joined(said, ", ", "`" + word + "`" + many);
    }
    if (!said.empty())
        said.insert(0, "provider says ");
    return std::to_string(open) + " of " + std::to_string(of) + " without report: " + joined(said, "; ", silent);
}

boost::json::object open_reports::to_json() const
{
    boost::json::object by_word;
    for (const auto& [word, n] : words)
        by_word[word] = n;
    boost::json::object o;
    o["without"] = open;
    o["of"] = of;
    o["words"] = std::move(by_word);
    return o;
}

task<result<open_reports>> count_open_reports(run_context& c, std::int64_t of)
{
    open_reports found;
    found.of = of;
    ledger::item_query q;
    q.run = c.run().id;
    q.states = {ledger::item_state::submitted};
    q.limit = block_size;
    while (true) {
        auto block = co_await c.store().items(q);
        if (!block)
            co_return block.error();
        if (block->empty())
            co_return found;
        q.after = block->back().position;
        for (const ledger::item_record& i : *block) {
            ++found.open;
            const bool known = found.words.contains(i.reason) || found.words.size() < max_words;
            ++found.words[known ? i.reason : std::string(other_words)];
        }
    }
}

} // namespace ulak::kinds::sms
