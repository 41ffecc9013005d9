#include "kinds/smm_order/smm_run.hpp"

#include "kinds/waiting.hpp"

namespace ulak::kinds::smm {

task<ending> smm_run::execute()
{
    co_await reset_cancellation();
    if (run_.progress.order.empty()) {
        auto over = co_await reconciler_.resume();
        if (over)
            co_return *over;
    }
    if (run_.progress.order.empty()) {
        auto over = co_await buyer_.place();
        if (over)
            co_return *over;
    }
    co_return co_await follower_.follow();
}

} // namespace ulak::kinds::smm
