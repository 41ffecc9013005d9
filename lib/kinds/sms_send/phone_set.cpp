#include "kinds/sms_send/phone_set.hpp"

#include <charconv>

namespace ulak::kinds::sms {

std::uint64_t phone_key(const std::string& ten_digits) noexcept
{
    std::uint64_t n = 0;
    std::from_chars(ten_digits.data(), ten_digits.data() + ten_digits.size(), n);
    return n;
}

task<result<phone_set>> read_suppressed(run_context& c)
{
    auto entries = co_await c.store().suppressions();
    if (!entries)
        co_return entries.error();
    phone_set numbers;
    for (const ledger::suppression_record& s : *entries)
        numbers.insert(phone_key(s.phone));
    co_return numbers;
}

} // namespace ulak::kinds::sms
