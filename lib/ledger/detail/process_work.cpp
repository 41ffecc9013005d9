#include "ledger/detail/process_work.hpp"

#include "core/failpoint.hpp"

#include <boost/asio/post.hpp>

#include <chrono>
#include <iterator>
#include <span>
#include <utility>

namespace ulak::ledger {
namespace {

constexpr std::chrono::milliseconds max_reads_time(5); ///< of one turn; a commit that arrives waits so long at most

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

void perform_one(store& s, work_queue& queue, work_rank rank, executor loop)
{
    auto one = queue.take(rank);
    if (!one->perform(s))
        return queue.put_back(rank, std::move(one));
    work_list answered;
    answered.push_back(std::move(one));
    post_completions(std::move(answered), loop);
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

void process_turn(store& s, work_queue& queue, executor loop)
{
    // What is urgent; the log is copied between groups where it has grown very much.
    if (auto group = queue.take_urgent(); !group.empty()) {
        commit_group(s, group, loop);
        s.checkpoint(true);
    }
    // What the engine must know: many short reads, for a moment.
    const auto end = std::chrono::steady_clock::now() + max_reads_time;
    while (queue.has(work_rank::read)) {
        perform_one(s, queue, work_rank::read, loop);
        if (s.urgent_waiting() || std::chrono::steady_clock::now() >= end)
            break;
    }
    // One step of what can wait.
    const bool served = queue.is_overdue() || !(queue.has_urgent() || s.urgent_waiting());
    queue.count_turn(served);
    if (!served)
        return;
    if (queue.has(work_rank::bulk)) {
        work_list one;
        one.push_back(queue.take(work_rank::bulk));
        commit_group(s, one, loop);
        s.checkpoint(true);
    }
    if (queue.has(work_rank::report))
        perform_one(s, queue, work_rank::report, loop);
}

void process_work(store& s, work_list& queue, executor loop)
{
    work_queue waiting;
    waiting.add(std::exchange(queue, work_list()));
    while (!waiting.empty())
        process_turn(s, waiting, loop);
}

} // namespace ulak::ledger
