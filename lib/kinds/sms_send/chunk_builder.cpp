#include "kinds/sms_send/chunk_builder.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>

namespace ulak::kinds::sms {

std::deque<std::vector<ledger::item_record>> by_text(std::vector<ledger::item_record> page)
{
    std::deque<std::vector<ledger::item_record>> chunks;
    std::map<std::string, std::size_t, std::less<>> place;
    for (ledger::item_record& i : page) {
        const auto [at, fresh] = place.try_emplace(i.text, chunks.size());
        if (fresh)
            chunks.emplace_back();
        chunks[at->second].push_back(std::move(i));
    }
    return chunks;
}

void chunk_builder::restart()
{
    chunks_.clear();
    after_ = -1;
}

/// False when nothing is pending any more. After the last page it begins once more at the first position.
task<result<bool>> chunk_builder::read_page()
{
    ledger::item_query q;
    q.run = context_.run().id;
    q.states = {ledger::item_state::pending};
    q.after = after_;
    q.limit = chunk_size_;
    auto page = co_await context_.store().items(std::move(q));
    if (!page)
        co_return page.error();
    if (page->empty() && after_ < 0)
        co_return false;
    after_ = page->empty() ? -1 : page->back().position;
    if (page->empty())
        co_return true;
    if (several_texts_)
        chunks_.push_back(std::move(*page));
    else
        chunks_ = by_text(std::move(*page));
    co_return true;
}

task<result<std::vector<ledger::item_record>>> chunk_builder::next()
{
    while (chunks_.empty()) {
        auto more = co_await read_page();
        if (!more)
            co_return more.error();
        if (!*more)
            co_return std::vector<ledger::item_record>();
    }
    auto chunk = std::move(chunks_.front());
    chunks_.pop_front();
    co_return chunk;
}

} // namespace ulak::kinds::sms
