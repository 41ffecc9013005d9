#include "sim/protocols/tamonay/account.hpp"

#include "sim/detail/civil_time.hpp"
#include "sim/protocols/tamonay/page.hpp"
#include "sim/protocols/tamonay/replies.hpp"

#include <algorithm>

namespace ulak::sim::tamonay {

http::reply user(call& c)
{
    c.accept();
    return success_reply(json::object({{"id", c.fault("ids-text") ? json::text("1") : json::number(1)},
                                       {"name", json::text("Deneme")},
                                       {"surname", json::text("Kullanıcı")},
                                       {"email", json::text("deneme@example.com")},
                                       {"balance", json::text(c.account.money.balance().text(2))},
                                       {"created_at", json::text("2023-01-01T00:00:00.000000Z")}}));
}

http::reply history(call& c)
{
    const auto& moves = c.account.money.history();
    auto p = read_page(c, moves.size());
    std::vector<json::value> rows;
    for (auto i = p.first(); i < std::min(p.first() + p.size, moves.size()); ++i) {
        const auto& m = moves[moves.size() - 1 - i]; // newest first
        rows.push_back(json::object({{"id", json::number(static_cast<std::int64_t>(m.id))},
                                     {"type", json::text(m.amount.negative() ? "debit" : "credit")},
                                     {"amount", json::text(m.amount.text(2))},
                                     {"balance", json::text(m.balance.text(2))},
                                     {"description", json::text(m.reason)},
                                     {"created_at", json::text(laravel_time(m.at))}}));
    }
    return page_reply(c, p, rows);
}

} // namespace ulak::sim::tamonay
