// journald's MESSAGE_ID of each event: chosen at random once and never changed, for `journalctl MESSAGE_ID=…` and
// catalogues.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace ulak::events {

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 47> message_ids = {{
    {"daemon.started", "e3893a0f1a4045788970dd101e6b3fd9"},
    {"daemon.stopping", "a62bda30883e4d489dd138950fa9418b"},
    {"config.loaded", "7a1513e1134d46f1ab8f2ff0046fb03a"},
    {"config.rejected", "77ad99a9c0dd4266bc0f2bf1c555a743"},
    {"schedule.fired", "9cc8b9fffe8b491a82a170315ef1b11a"},
    {"schedule.missed", "c2f3af7d2cdb4cd98a5683a55ecd436e"},
    {"run.started", "b5b6ead39a114e72b371d037ab0798a4"},
    {"run.finished", "15fb6ec1bd9d4ec89687d74cff250ead"},
    {"run.paused", "747fab01ffb842409f35d5e3075d6c1c"},
    {"run.resumed", "c1b55bfc13764d1281629d380b995c45"},
    {"list.reached", "6080a0b1cda64337b2683e6f76706c95"},
    {"effect.intended", "37da1585044c40299357d963546f6225"},
    {"effect.settled", "721e9cdbae224faaa484bc8848b80aab"},
    {"effect.ambiguous", "eca9c25032dc491b9ad35c4680a131d1"},
    {"effect.reconciled", "bdc11f0bd74244f8918eb7e4dd8dbc49"},
    {"number.ordered", "85b64a705a0941e9be615c02d8b226a3"},
    {"number.code", "6190cdd22bba4c8880fc4ed71c75d351"},
    {"number.cancelled", "06b2619937e7446cace084d0b8a784d8"},
    {"number.refund-missing", "3fe30230ca4540009ff1f7e0e055d603"},
    {"send.accepted", "d1e3ce17e7ae4144bf5c503ec0efb91a"},
    {"send.report", "8169943f05424054af4434c09c97a1e5"},
    {"balance.read", "378ff20248914cd3b3ed28184746107b"},
    {"balance.firing", "917631d3008d436ca4661024d7407e76"},
    {"balance.cleared", "0ad75ecb5ea842f3a008303260ae9f6b"},
    {"balance.unreadable", "4f6479a7da774f5d98b610488b452f74"},
    {"order.placed", "2b0e346c89ff44daadc42ce008626ba6"},
    {"order.status", "3e1704a75ab948c2a9356a2ef330d619"},
    {"attention.raised", "2f00510577ba42c8a39d1f3b4d8d5c15"},
    {"attention.resolved", "9bb3d3c5d4dd4e0383781ef6a89c05fe"},
    {"budget.hit", "a581b02c66994bc79efce95ee143aa05"},
    {"notify.sent", "00d39ea3797d4c809a4493d54e34588e"},
    {"notify.failed", "879cfbdd92a742368d36e75f933ae84f"},
    {"provider.error", "a71cd7fe311a422ea8f9c14920a6f16f"},
    {"account.failing", "57f3f72b538fc3a89ba0544c69b92a8a"},
    {"account.adopted", "d4c08f28eb57870c4611bdd591c96a5e"},
    {"account.recovered", "99be9c096cacf9d2a277789790ccc8c5"},
    {"account.suspended", "0e3ae90b84d1c59761d084ddda6e769f"},
    {"account.resumed", "dfe4bdbee2c0c9bc3734aff9e26248a7"},
    {"store.created", "97406933bc6ca01e4a12410874683718"},
    {"store.held", "a7460104c19b42349a4a3011a5c02459"},
    {"store.adopted", "b17aa4e68e764e9582852de48eab4e56"},
    {"store.blocked", "0c9b1a8f96a14c028ab320b0bef8f811"},
    {"store.resumed", "6a6d70f1e3734b4db576f56bc4a5eca7"},
    {"clock.jumped", "6c1d0f3a9b7e4c52a8f4d2e7b15c9a03"},
    {"clock.trusted", "f27e94ab51c84d0e9a3b6d815e7c4209"},
    {"control.command", "e9122d8b33c8451dbcd8d62771b24f0d"},
    {"log.dropped", "c41f681f6e2a4ebeb3815f9b68d57990"},
}};

/// 32 hexadecimal digits; empty for a name that has none.
constexpr std::string_view message_id(std::string_view event_name) noexcept
{
    const auto found = std::ranges::find(message_ids, event_name, &decltype(message_ids)::value_type::first);
    return found == message_ids.end() ? std::string_view() : found->second;
}

} // namespace ulak::events
