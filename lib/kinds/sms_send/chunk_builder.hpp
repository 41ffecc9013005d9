// Groups the pending recipients of a run into calls: one text to at most a chunk of numbers.
#pragma once

#include "kinds/run_context.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ulak::kinds::sms {

/// Moves those items out of the page that have the same text as its first, in their order. The page is not empty.
std::vector<ledger::item_record> take_same_text(std::vector<ledger::item_record>& page);

/// Reads pending items in pages of a chunk and hands them out by text. Two recipients with the same text share a call
/// when they lie in the same page. The context must outlive it.
class chunk_builder {
  public:
    chunk_builder(run_context& c, std::size_t chunk_size) : context_(c), chunk_size_(chunk_size) {}

    /// The next chunk. Empty: nothing is pending any more. Errors are those of the store.
    task<result<std::vector<ledger::item_record>>> next();

    /// Takes back what does not fit into one call: at most `most` of the chunk stay.
    void shorten(std::vector<ledger::item_record>& chunk, std::size_t most);
    /// A chunk that was refused as a whole and is pending again comes in two halves next.
    void split(std::vector<ledger::item_record> chunk);

    /// Items may have become pending again: the next chunk is looked for from the first position on.
    void restart();

  private:
    task<result<bool>> read_page();

    run_context& context_;
    std::size_t chunk_size_;
    std::vector<ledger::item_record> page_{};               ///< read and not yet handed out
    std::vector<std::vector<ledger::item_record>> parts_{}; ///< of chunks that were cut; the last one comes next
    std::int64_t after_ = -1;                               ///< the next page lies above this position
};

} // namespace ulak::kinds::sms
