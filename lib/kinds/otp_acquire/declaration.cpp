#include "kinds/otp_acquire/declaration.hpp"

#include "kinds/otp_acquire/refund_watcher.hpp"
#include "kinds/otp_acquire/settings.hpp"

namespace ulak::kinds::otp {

kind declaration()
{
    kind k;
    k.definition = table();
    k.prepare = &prepare;
    k.secret_results = {"code", "unsure", "text"};
    k.phone_results = {"number"};
    k.failure_entries = {{refund_missing_entry, true}, {"code-unreadable", false}};
    k.background = [](background_services services) { return std::make_unique<refund_watcher>(std::move(services)); };
    return k;
}

} // namespace ulak::kinds::otp
