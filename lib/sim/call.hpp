// One request as a protocol sees it, with the line of the ledger that it will become.
#pragma once

#include "http/server.hpp"
#include "sim/fields.hpp"
#include "sim/world_state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

class call {
  public:
    /// Cuts the path below the protocol's base into segments. The request stays with the caller.
    call(world_state& w, protocol_id p, const http::incoming_request& in);

    world_state& world;
    const protocol_id protocol;
    const http::incoming_request& request;
    std::vector<std::string> path{};
    strict::fields query{}; ///< decoded as PHP does it, "+" as a blank
    strict::fields form{};  ///< of a body that was read before the operation was known
    std::string operation{};
    log_entry entry{};

    wallet& account_wallet() { return world.wallet_of(protocol); }
    wall_point now() const { return world.now(); }

    /// The client did something that the provider's document does not allow. A plain sentence, without secrets.
    void add_mistake(std::string sentence) { entry.mistakes.push_back(std::move(sentence)); }
    /// The parameter, if a fault of this kind strikes this call.
    std::optional<std::string> fault(std::string_view what);
    /// The same where a number is expected: its value, or `fallback` without one.
    std::optional<std::int64_t> fault_number(std::string_view what, std::int64_t fallback);

    /// Marks the request as done, with what it cost and whom it reached.
    void accept() { entry.accepted = true; }
    void accept(json::value effect);

    /// The segment after the first, as a number; nullopt if it is none.
    std::optional<std::uint64_t> path_id(std::size_t segment) const;
};

/// A JSON answer.
http::reply json_reply(std::string body, int status = 200);

std::optional<std::uint64_t> parse_id(std::string_view digits);
bool is_digits(std::string_view text);

} // namespace ulak::sim
