#include "sim/fault_kinds.hpp"

#include "sim/detail/transport_faults.hpp"
#include "sim/digits.hpp"
#include "sim/registry.hpp"

#include <algorithm>
#include <iterator>

namespace ulak::sim {
namespace {

/// Asked for by several protocols, each in its own way.
constexpr fault_kind shared_kinds[] = {
    {"auth", "refuse the credentials in the protocol's own way (also: 401)"},
    {"no-balance", "refuse for lack of money, in the protocol's own way"},
    {"ids-text", "ids as strings"},
    {"ids-int", "ids as integers"},
    // of a send
    {"status-missing", "leave the status out of the answer"},
    {"queue-id-missing", "do it, answer without queueId or order.id"},
    {"drops-number", "take the send, forget N recipients (default 1)"},
    {"undelivered", "the last N recipients (default 1) of this send are not reached"},
    {"report-misses-number", "the report leaves out N numbers (default 1)"},
    {"report-never-completes", "this send stays in progress for ever"},
    // of a rented number
    {"no-stock", "nothing to be had"},
    {"sms-never", "no SMS comes for the number ordered by this call"},
    {"sms-late", "the SMS comes D after the order"},
    {"sms-at-cancel", "the SMS comes when cancel is asked: false (or :true) is answered, the next poll shows the code"},
    {"number-dies", "the provider cancels this number D after the order, with refund"},
    {"cancel-refused", "cancel answers false: always, the first N times of a number, or in the first D of its life"},
    {"refund-missing", "the cancel, expiry, partial or canceled end pays nothing back"},
    {"code-string", "the code as a string"},
    {"code-null", "status 1 with a null code (also: code-missing)"},
    {"code-empty", "waiting and received show \"\" where null or the code belongs"},
    {"code-raw-zero", "the code as bare digits with leading zeros, which is not JSON"},
    {"code-text-message", "the whole SMS text where the code belongs"},
    {"code-int", "\"code\" as an integer"},
    {"price", "the order costs this amount, whatever the list says"},
    {"charged-twice", "the order costs twice its price"},
    {"status-word", "the status shown is this word"},
};

std::vector<fault_kind> collect_kinds()
{
    auto all = transport_fault_kinds();
    all.insert(all.end(), std::begin(shared_kinds), std::end(shared_kinds));
    for (const auto* p : protocols())
        all.insert(all.end(), p->faults.begin(), p->faults.end());
    return all;
}

} // namespace

const std::vector<fault_kind>& fault_kinds()
{
    static const auto kinds = collect_kinds();
    return kinds;
}

bool is_status_fault(std::string_view kind)
{
    constexpr std::string_view after = "-after";
    if (kind.ends_with(after))
        kind.remove_suffix(after.size());
    return kind.size() == 3 && is_digits(kind) && kind[0] >= '2' && kind[0] <= '5';
}

bool is_known_fault(std::string_view kind)
{
    const auto& kinds = fault_kinds();
    return is_status_fault(kind) || std::ranges::find(kinds, kind, &fault_kind::name) != kinds.end();
}

} // namespace ulak::sim
