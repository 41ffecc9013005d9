// One request as a protocol sees it, with the line of the log that it will become.
#pragma once

#include "http/server.hpp"
#include "sim/detail/fields.hpp"
#include "sim/detail/world_state.hpp"
#include "sim/digits.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

/// Lives as long as its request is served; hands out nothing of it that lives longer.
class call {
  public:
    /// Cuts the path below the protocol's base into segments. All three references must outlive the call.
    call(world_state& w, simulated_account& a, const http::incoming_request& in);

    world_state& world;
    simulated_account& account;
    const protocol_descriptor& protocol;
    const http::incoming_request& request;
    std::vector<std::string> path{};
    strict::fields query{};          ///< decoded as PHP does it, "+" as a blank
    strict::fields form{};           ///< of the body, where the protocol reads it before the operation is known
    boost::json::object json_body{}; ///< the same for JSON
    const sim::operation* operation = nullptr; ///< null: the document has none for this request
    log_entry entry{};

    /// The document's name of the operation, or "unknown".
    std::string_view operation_name() const { return operation ? operation->name : "unknown"; }
    /// The value of one of the protocol's credentials, by its option's name.
    std::string_view credential(std::string_view option) const { return world.credential_of(protocol, option); }
    wall_point now() const { return world.now(); }

    /// Records that the client did something that the provider's document does not allow: a sentence without secrets.
    void add_mistake(std::string sentence) { entry.mistakes.push_back(std::move(sentence)); }
    /// The parameter, if a fault of this kind strikes this call. Asking uses the fault up.
    std::optional<std::string> fault(std::string_view kind);
    /// The same where a number is expected: its value, or `fallback` without one.
    std::optional<std::int64_t> fault_number(std::string_view kind, std::int64_t fallback);

    /// Marks the request as done, with what it cost and whom it reached.
    void accept() { entry.accepted = true; }
    void accept(json::value effect);

    /// A segment of the path as a number; nullopt if it is absent or none.
    std::optional<std::uint64_t> path_id(std::size_t segment) const;
};

/// A JSON reply.
http::reply json_reply(std::string body, int status = 200);

} // namespace ulak::sim
