// Groups the pending recipients of a run into calls of at most a chunk of numbers.
#pragma once

#include "kinds/run_context.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace ulak::kinds::sms {

/// The items of a page by their texts, in the order of the first of each.
std::deque<std::vector<ledger::item_record>> by_text(std::vector<ledger::item_record> page);

/// Reads pending items in pages of a chunk and hands them out by text, or by page where one call may hold several
/// texts. Two recipients with the same text share a call when they lie in the same page. The context must outlive it.
class chunk_builder {
  public:
    chunk_builder(run_context& c, std::size_t chunk_size, bool several_texts = false)
        : context_(c), chunk_size_(chunk_size), several_texts_(several_texts)
    {}

    /// The next chunk. Empty: nothing is pending any more. Errors are those of the store.
    task<result<std::vector<ledger::item_record>>> next();

    /// Items may have become pending again: the next chunk is looked for from the first position on.
    void restart();

  private:
    task<result<bool>> read_page();

    run_context& context_;
    std::size_t chunk_size_;
    bool several_texts_;
    std::deque<std::vector<ledger::item_record>> chunks_{}; ///< read and not yet handed out
    std::int64_t after_ = -1;                               ///< the next page lies above this position
};

} // namespace ulak::kinds::sms
