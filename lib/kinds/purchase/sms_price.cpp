#include "kinds/purchase/sms_price.hpp"

namespace ulak::kinds {
namespace {

constexpr char credits[] = "credits";
constexpr decimal one = decimal::from_integer(1);

} // namespace

std::optional<money> known_segment_price(const providers::account& account)
{
    if (account.unit == credits)
        return money(one, account.unit);
    if (const auto& told = *account.told_price)
        return money(*told, account.unit);
    if (account.price_per_segment)
        return money(*account.price_per_segment, account.unit);
    return std::nullopt;
}

money price_of_segments(const providers::account& account, std::int64_t segments)
{
    auto price = known_segment_price(account).value_or(money(one, account.unit));
    price.amount = price.amount.times(segments);
    return price;
}

void learn_segment_price(const providers::account& account, const money& cost, std::int64_t segments)
{
    if (account.unit == credits || cost.unit != account.unit || cost.amount.zero() || segments <= 0)
        return;
    *account.told_price = cost.amount.times(1, segments);
}

} // namespace ulak::kinds
