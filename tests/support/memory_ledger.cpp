#include "support/memory_ledger.hpp"

#include "ledger/detail/process_work.hpp"
#include "ledger/detail/queued_ledger.hpp"

#include <boost/asio/post.hpp>

namespace ulak::tests {
namespace {

/// Carries out what is queued at the loop's next turn.
class inline_writer final : public ledger::writer {
  public:
    inline_writer(ledger::store s, executor loop)
        : loop_(loop), queue_(std::make_shared<queue>(std::move(s), std::move(loop)))
    {}
    ~inline_writer() override { queue_->drain(); }

    void push(ledger::work_ptr w) override
    {
        queue_->waiting.push_back(std::move(w));
        if (queue_->waiting.size() == 1)
            boost::asio::post(loop_, [q = queue_] { q->drain(); });
    }

  private:
    struct queue {
        queue(ledger::store s, executor e) : store(std::move(s)), loop(std::move(e)) {}

        void drain()
        {
            ledger::work_list taken;
            taken.swap(waiting);
            ledger::process_work(store, taken, loop);
        }

        ledger::store store;
        executor loop;
        ledger::work_list waiting{};
    };

    executor loop_;
    std::shared_ptr<queue> queue_; ///< shared with a posted drain that may come after the end
};

} // namespace

std::unique_ptr<ledger::ledger> make_memory_ledger(executor loop)
{
    auto store = ledger::store::open(":memory:").value();
    auto inline_work = std::make_unique<inline_writer>(std::move(store), loop);
    return std::make_unique<ledger::queued_ledger>(loop, std::nullopt, nullptr, std::move(inline_work));
}

} // namespace ulak::tests
