#include "ledger/detail/process_work.hpp"

#include "core/failpoint.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <iterator>
#include <span>

namespace ulak::ledger {
namespace {

constexpr std::size_t max_group_size = 500; ///< batches; a longer transaction makes the first waiter wait for the last

/// Posts all completions in one piece: waking the loop for each would cost more than what it has to do.
void post_completions(work_list finished, executor loop)
{
    boost::asio::post(loop, [all = std::move(finished)] {
        for (const auto& w : all)
            w->complete();
    });
}

void commit_group(store& s, std::span<work_ptr> waiting, executor loop)
{
    std::vector<const batch*> group;
    group.reserve(waiting.size());
    for (const auto& w : waiting)
        group.push_back(w->changes());
    auto outcomes = s.commit(group);
    ULAK_FAILPOINT("lane/committed");
    for (std::size_t i = 0; i < waiting.size(); ++i)
        waiting[i]->committed(std::move(outcomes[i]));
    post_completions(work_list(std::move_iterator(waiting.begin()), std::move_iterator(waiting.end())), loop);
    ULAK_FAILPOINT("lane/told");
}

} // namespace

result<receipt> make_receipt(batch changes, const result<batch_result>& made)
{
    if (!made)
        return made.error();
    receipt out;
    out.more_to_purge = made->more_to_purge;
    out.events.reserve(made->event_seqs.size());
    for (auto& c : changes)
        if (auto* appended = std::get_if<append_event>(&c)) {
            appended->event.seq = made->event_seqs[out.events.size()];
            out.events.push_back(std::move(appended->event));
        }
    return out;
}

void process_work(store& s, work_list& queue, executor loop)
{
    work_list commits, reads;
    for (auto& w : queue)
        (w->changes() ? commits : reads).push_back(std::move(w));
    queue.clear();
    // Commits, a group at a time; the log is copied between groups where it has grown very much.
    for (std::span rest(commits); !rest.empty();) {
        const auto size = std::min(max_group_size, rest.size());
        commit_group(s, rest.first(size), loop);
        s.checkpoint(true);
        rest = rest.subspan(size);
    }
    // Reads, each answered at once: a slow one holds up nobody who was served before it.
    for (auto& w : reads) {
        w->perform(s);
        work_list answered;
        answered.push_back(std::move(w));
        post_completions(std::move(answered), loop);
    }
}

} // namespace ulak::ledger
