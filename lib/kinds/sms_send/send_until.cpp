#include "kinds/sms_send/send_until.hpp"

#include <algorithm>

namespace ulak::kinds::sms {

std::optional<wall_point> sends_until(const settings& s, const ledger::run_record& run)
{
    std::optional<wall_point> last;
    if (s.send_until)
        last = s.send_until->after(run.created_at);
    if (s.give_up_after) {
        const wall_point given_up = run.created_at + *s.give_up_after;
        last = last ? std::min(*last, given_up) : given_up;
    }
    return last;
}

} // namespace ulak::kinds::sms
