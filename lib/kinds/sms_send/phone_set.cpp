#include "kinds/sms_send/phone_set.hpp"

#include <charconv>
#include <utility>

namespace ulak::kinds::sms {

/// Read in slices, so that neither the loop nor the store is held by a list of hundreds of thousands.
constexpr std::size_t slice_size = 2'000;

std::uint64_t phone_key(const std::string& ten_digits) noexcept
{
    std::uint64_t n = 0;
    std::from_chars(ten_digits.data(), ten_digits.data() + ten_digits.size(), n);
    return n;
}

task<result<phone_set>> read_suppressed(run_context& c)
{
    phone_set numbers;
    ledger::suppression_query q;
    q.limit = slice_size;
    for (std::size_t received = slice_size; received == slice_size;) {
        auto slice = co_await c.store().suppressions_page(q);
        if (!slice)
            co_return slice.error();
        received = slice->size();
        for (const ledger::suppression_record& s : *slice)
            numbers.insert(phone_key(s.phone));
        if (received != 0)
            q.after = std::move(slice->back().phone);
    }
    co_return numbers;
}

} // namespace ulak::kinds::sms
