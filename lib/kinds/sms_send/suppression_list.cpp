#include "kinds/sms_send/suppression_list.hpp"

#include <charconv>
#include <chrono>

namespace ulak::kinds::sms {

/// The list is read again when it is as old as this: chunks that follow each other closely share one read.
constexpr std::chrono::milliseconds max_suppressions_age(1000);

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

task<result<void>> suppression_list::refresh()
{
    const auto now = context_.clock().now();
    if (read_at_ && now - *read_at_ < max_suppressions_age)
        co_return result<void>();
    auto numbers = co_await read_suppressed(context_);
    if (!numbers)
        co_return numbers.error();
    numbers_ = std::move(*numbers);
    read_at_ = now;
    co_return result<void>();
}

} // namespace ulak::kinds::sms
